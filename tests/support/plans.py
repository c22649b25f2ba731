"""Plans of a few words."""

from collections.abc import Callable

from bench.plan.cells import Plan

Build = Callable[..., Plan]
Theta = tuple[float | tuple[float, ...], ...]
