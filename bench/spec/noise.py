"""Base noise and how it is drawn."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bench.spec.arrays import Floats


def _alone(nodes: Floats) -> Floats:
    """[m] -> [1, m]: a draw on which no other depends."""
    return nodes[np.newaxis]


def _never(channels: tuple["BaseNoise", ...]) -> None:
    """No reason to skip anything."""


@dataclass(frozen=True, slots=True)
class BaseNoise:
    """One source of parameter-free noise with its exact integral.

    `rule(nodes)` gives points and weights that integrate against the law that `fill` draws from; the weights sum to 1.
    Where what is integrated jumps or kinks at points of the noise, `rule(nodes, breaks)` integrates between them: so
    noise whose effect depends on theta or phi, as a coin of probability phi made of a uniform, is integrated exactly.
    With `density` the oracle lays panels between the `ends`, beyond which the law has no mass that a double could tell,
    and refines them where f is steep, narrow or broken.
    """

    name: str
    fill: Callable[[np.random.Generator, Floats], None]  # overwrites a contiguous array of any shape
    rule: Callable[..., tuple[Floats, Floats]]
    fallback: Callable[..., tuple[Floats, Floats]] | None = None  # another rule, for where the first does not settle
    density: Callable[[Floats], Floats] | None = None
    ends: tuple[float, float] = (-math.inf, math.inf)  # finite where there is a density


@dataclass(frozen=True, slots=True)
class Sampler:
    """How noise is drawn.

    `coupled` (1, 2, 4 or 8) draws depend on each other, and on no others; with "estimate", all draws of an estimate.
    """

    name: str
    fill: Callable[[np.random.Generator, BaseNoise, Floats], None]  # [..., d, coupled, columns]
    coupled: int | Literal["estimate"] = 1
    expand: Callable[[Floats], Floats] = _alone  # [m] -> [coupled, m]: the draws a node stands for
    skip: Callable[[tuple[BaseNoise, ...]], str | None] = _never  # why it cannot draw noise of these channels
