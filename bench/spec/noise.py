"""Base noise and how it is drawn."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bench.spec.arrays import Floats


def _alone(channel: "BaseNoise", nodes: Floats) -> Floats:
    """[m] -> [1, m]: a draw on which no other depends."""
    return nodes[np.newaxis]


def _never(channels: tuple["BaseNoise", ...], dimension: int, samples: int) -> None:
    """No reason to skip anything."""


@dataclass(frozen=True, slots=True)
class BaseNoise:
    """One source of parameter-free noise with its exact integral.

    `rule(nodes)` gives points and weights that integrate against the law that `fill` draws from; the weights sum to 1.
    Where what is integrated jumps or kinks at points of the noise, `rule(nodes, breaks)` integrates between them: so
    noise whose effect depends on theta or phi, as a coin of probability phi made of a uniform, is integrated exactly.
    With `density` the oracle lays panels between the `ends`, beyond which the law has no mass that a double could tell,
    and refines them where f is steep, narrow or broken.
    `quantile(chances)` overwrites chances in (0, 1), a contiguous array, with the points below which the law has them;
    `mirror(points)` gives those that have as much of the law above them as the points have below. Both are monotone.
    Samplers that place draws ask for the one, those that reflect them for the other.
    """

    name: str
    fill: Callable[[np.random.Generator, Floats], None]  # overwrites a contiguous array of any shape
    rule: Callable[..., tuple[Floats, Floats]]
    fallback: Callable[..., tuple[Floats, Floats]] | None = None  # another rule, for where the first does not settle
    density: Callable[[Floats], Floats] | None = None
    ends: tuple[float, float] = (-math.inf, math.inf)  # finite where there is a density
    quantile: Callable[[Floats], None] | None = None
    mirror: Callable[[Floats], Floats] | None = None


@dataclass(frozen=True, slots=True)
class Sampler:
    """How noise is drawn.

    `coupled` (1, 2, 4 or 8) draws depend on each other, and on no others; with "estimate", all draws of an estimate.
    fill(generator, channel, out[..., d, coupled, columns]) overwrites `out`. It is called for one channel after the
    other, with generators of their own; a draw is what all of them have in one place, so in each they are independent.
    expand(channel, nodes[m]) -> [coupled, m] are the draws that a node stands for, itself among them. Each stands for
    the same ones: so the nodes that have a draw at a break of f are those that the break stands for.
    strata(samples, dimension) -> the number of intervals of equal chance in which the draws of a component lie, equally
    many in each, uniform in there and independent of each other; which of them are paired in a draw with which of other
    components is another matter. So the variance of a sum over components is exact. None where nothing is known.
    skip(channels, dimension, samples) -> why it cannot draw such noise, in words.
    """

    name: str
    fill: Callable[[np.random.Generator, BaseNoise, Floats], None]
    coupled: int | Literal["estimate"] = 1
    expand: Callable[[BaseNoise, Floats], Floats] = _alone
    strata: Callable[[int, int], int] | None = None
    skip: Callable[[tuple[BaseNoise, ...], int, int], str | None] = _never
    label: str = ""  # in words, where those of its name are not what a reader expects
