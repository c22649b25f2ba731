"""Moments from power sums s1..s4, taken about a known centre close to the mean, so nothing cancels."""

import numpy as np

from bench.spec import Floats

quiet = np.errstate(divide="ignore", invalid="ignore", over="ignore")  # NaN and inf pass; a row's status says so
LEFT = 1e-13  # of a sum of squares: what is left of less by taking the mean away is no spread but round-off
ROUND_OFF = 1e-12  # a standard deviation below this share of the mean is no spread but round-off


def mean(sums: Floats, n: Floats) -> Floats:
    """Mean minus the centre, from power sums[..., 4] of n estimates."""
    return np.asarray(sums[..., 0] / n)


@quiet
def variance(sums: Floats, n: Floats) -> Floats:
    """Unbiased variance (ddof 1); NaN for a single estimate."""
    squares = sums[..., 1]
    centred = squares - sums[..., 0] ** 2 / n
    return np.asarray(np.where(centred <= LEFT * squares, 0.0, centred) / (n - 1))


@quiet
def kurtosis(sums: Floats, n: Floats) -> Floats:
    """Fourth central moment over the squared variance (3 for a normal); NaN where the variance is 0."""
    m1, m2, m3, m4 = (sums[..., power] / n for power in range(4))
    second = m2 - m1**2
    return np.asarray((m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4) / second**2)


@quiet
def largest_share(sums: Floats) -> Floats:
    """The largest group's share of the sum of squares: near 1 / groups unless a few draws decide the variance."""
    return np.asarray(sums[..., 1].max(axis=0) / sums[..., 1].sum(axis=0))
