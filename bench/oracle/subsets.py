"""Weights of all K draws beside those of their subsets of m draws, of which a U-statistic of degree m is the mean."""

import functools
import itertools
from typing import Any, NamedTuple

import numpy as np

from bench.spec import Floats
from bench.statistics.moments import ROUND_OFF

MOST_SUBSETS = 200_000
TOLERANCE = 1e3 * ROUND_OFF


class Compared(NamedTuple):
    """Weights[draws] that are held against what they should be, up to what round-off may cause."""

    weights: Floats
    expected: Floats
    allowed: float

    @property
    def agree(self) -> bool:
        """Whether they are the same."""
        return bool(np.all(np.abs(self.weights - self.expected) <= self.allowed))


def values(count: int) -> Floats:
    """Numbers of either sign without a pattern."""
    return np.random.Generator(np.random.SFC64(8)).standard_normal(count) * 3.0 + 1.0


def weights_of(joint: Any, value: Floats, samples: int) -> Floats:
    """[samples * replicates] What a joint kernel makes of these values of f."""
    out = np.full(value.size, np.nan)
    joint(np.ascontiguousarray(value), samples, out)
    return out


def compared(weights: Floats, expected: Floats) -> Compared:
    """Weights beside what they should be."""
    return Compared(weights, expected, TOLERANCE * (1.0 + float(np.max(np.abs(expected), initial=0.0))))


def beside_subsets(joint: Any, degree: int, samples: int) -> Compared | None:
    """The weight of a draw, and the mean of those that it has in the subsets it belongs to, whatever its place there.

    Of several draws, of all where subsets are few; None where those of a single draw are too many.
    """
    others = np.array(
        list(itertools.islice(itertools.combinations(range(samples - 1), degree - 1), MOST_SUBSETS + 1)), dtype=int
    )
    if len(others) > MOST_SUBSETS:
        return None
    value, count = values(samples), min(samples, MOST_SUBSETS // len(others))
    draws = np.linspace(0, samples - 1, count).astype(int)
    means = np.empty(count)
    for i, draw in enumerate(draws):
        place = i % degree
        subsets = np.insert(others + (others >= draw), place, draw, axis=1)
        alone = weights_of(joint, value[subsets].T.ravel(), degree).reshape(degree, -1)  # an estimate for each subset
        means[i] = alone[place].mean()
    return compared(weights_of(joint, value, samples)[draws], means)


def in_another_order(joint: Any, samples: int) -> Compared:
    """The weights of draws, and those of the same draws that stand in another order."""
    value = values(samples)
    return compared(weights_of(joint, value[::-1], samples)[::-1], weights_of(joint, value, samples))


@functools.cache
def is_u_statistic(joint: Any, degree: int, samples: int) -> bool:
    """Whether estimates of so many draws are the mean over their subsets, as far as that can be tried."""
    beside = beside_subsets(joint, degree, samples)
    return (beside is None or beside.agree) and in_another_order(joint, samples).agree
