"""What a peer is: a framework's way to a batch of gradient estimates, its drawing and its gradients apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.peers.problem import ESTIMATORS, Problem


@dataclass(frozen=True, slots=True)
class Ready:
    """A batch of one problem, ready to be called; every call waits until its result is there."""

    draw: Callable[[], Any]  # noise, new each time
    compute: Callable[[Any], Any]  # of noise gradients[batch, d * 2], mu and sigma of each component
    both: Callable[[], Any]  # both, as the framework does them best


@dataclass(frozen=True, slots=True)
class Peer:
    """A framework in one of its variants."""

    framework: str  # also the name of its package
    variant: str
    prepare: Callable[[Problem, int, int], Ready]  # (problem, batch, seed)
    estimators: tuple[str, ...] = ESTIMATORS

    @property
    def name(self) -> str:
        """As it is spoken of: jax rbg."""
        return f"{self.framework} {self.variant}"
