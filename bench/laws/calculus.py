"""Derivatives by differences and integrals by rules, each with a bound on its own error.

Derivatives are Richardson's extrapolations of central differences, with the disagreement of two of them as their error;
integrals are those of the channels' rules, with the change from one rule to a finer one as theirs.
"""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from bench.spec import BaseNoise, Family, Floats

EPSILON = 64 * np.finfo(float).eps
STEP = 5e-3  # of differences, relative to the scale of what moves


class Computed(NamedTuple):
    """A number with a bound on its error."""

    value: Floats
    error: Floats


def differences(function: Callable[[Any], Floats], step: float | Floats, rounding: float) -> Computed:
    """The derivative of function(t) at t = 0, which gives its values up to this relative error."""
    values = {m: (function(m * step), function(-m * step)) for m in (1, 2, 4)}
    once, twice, fourfold = ((up - down) / (2 * m * step) for m, (up, down) in values.items())
    fine, coarse = (4 * once - twice) / 3, (4 * twice - fourfold) / 3
    size = np.max([abs(side) for sides in values.values() for side in sides], axis=0)
    return Computed((16 * fine - coarse) / 15, abs(fine - coarse) + 2 * rounding * size / step)


def by_theta(
    function: Callable[[Floats], Floats], family: Family, theta: Floats, rounding: float, scale: float = 1.0
) -> Computed:
    """[k, ...] The derivative of a function of theta by each parameter, in steps that stay in its domain.

    A parameter without bounds moves in proportion to `scale`. Theta is rounded itself, which counts where it is large
    beside its steps.
    """

    def along(unit: Floats) -> Callable[[float], Floats]:
        return lambda t: function(theta + t * unit)

    parts, steps = [], []
    for p, parameter in enumerate(family.parameters.values()):
        room = min(theta[p] - parameter.low, parameter.high - theta[p])
        steps.append(STEP * (room if np.isfinite(room) else scale))
        parts.append(differences(along(np.eye(theta.size)[p]), steps[p], rounding))
    value, error = (np.array([getattr(computed, name) for computed in parts]) for name in Computed._fields)
    moved = EPSILON * np.tensordot(abs(theta), abs(value), axes=1)
    return Computed(value, error + np.multiply.outer(1 / np.array(steps), moved))


def rule(channel: BaseNoise, nodes: int, breaks: tuple[float, ...] = ()) -> tuple[Floats, Floats]:
    """The rule of a channel that settles fastest."""
    integrate = channel.fallback or channel.rule
    return integrate(nodes, breaks) if breaks else integrate(nodes)


@functools.cache
def product(channels: tuple[BaseNoise, ...], nodes: int, breaks: tuple[float, ...]) -> tuple[Floats, Floats]:
    """(noise[channels, 1, m], weights[m]) of the product of the channels' rules."""
    rules = [rule(channel, nodes, () if c else breaks) for c, channel in enumerate(channels)]
    grids = np.meshgrid(*(at for at, _ in rules), indexing="ij")
    weights = np.meshgrid(*(weights for _, weights in rules), indexing="ij")
    return np.array([grid.ravel() for grid in grids])[:, np.newaxis], np.prod(weights, axis=0).ravel()


def expectation(
    function: Callable[[Floats], Floats], channels: tuple[BaseNoise, ...], nodes: int, breaks: tuple[float, ...]
) -> Computed:
    """E function(noise)[..., m]."""
    (coarse_at, coarse), (fine_at, fine) = (product(channels, n, breaks) for n in (nodes, nodes * 3 // 2))
    values = function(fine_at)
    value = values @ fine
    return Computed(value, abs(value - function(coarse_at) @ coarse) + EPSILON * (abs(values) @ fine))
