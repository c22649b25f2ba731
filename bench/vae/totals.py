"""Total variances (traces of covariance matrices) of vectors in groups, and their paired ratios, with intervals.

From n vectors g: tr Cov = (sum |g|^2 - |sum g|^2 / n) / (n - 1). In float64 that is right to 1e-15 of the mean squared,
and a gradient of few draws is nowhere near so quiet. Intervals are those of the delete-one-group jackknife of the
logarithm, `bench.statistics.jackknife`.
"""

from typing import NamedTuple

import numpy as np

from bench.spec import Floats
from bench.statistics.jackknife import Interval, Logs, interval, minus
from bench.statistics.moments import quiet


class Sums(NamedTuple):
    """Of the vectors of each group, all groups alike in size."""

    vectors: Floats  # [groups, P]  sum of g
    squares: Floats  # [groups]     sum of |g|^2


@quiet
def log_total(sums: Sums, size: int) -> Logs:
    """The logarithm of the total variance of vectors in groups of `size`, with its values without a group.

    Vectors that are not finite have none."""
    groups = len(sums.squares)
    vectors, squares = sums.vectors.sum(axis=0), sums.squares.sum()
    without = _trace(vectors - sums.vectors, squares - sums.squares, size * (groups - 1))
    return Logs(np.log(_trace(vectors, squares, size * groups)), np.log(without))


def total(logs: Logs) -> tuple[float, float, float]:
    """(total variance, low, high)."""
    return _floats(interval(logs))


def ratio(numerator: Logs, denominator: Logs) -> tuple[float, float, float]:
    """(ratio, low, high) of two total variances of the same draws."""
    return _floats(interval(minus(numerator, denominator)))


def _trace(vectors: Floats, squares: Floats, n: int) -> Floats:
    return np.asarray((squares - (vectors**2).sum(axis=-1) / n) / (n - 1))


def _floats(ends: Interval) -> tuple[float, float, float]:
    value, low, high = (float(end) for end in ends)
    return value, low, high
