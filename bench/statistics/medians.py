"""Medians of a few values, with the distribution-free interval between two order statistics.

Of n independent values, B lie below the true median, and B is binomial (n, 1/2). The interval leaves out as many values
at either end, so it misses the median if B is at most that many or at least n minus that many.
David & Nagaraja (2003), Order Statistics, section 7.1.
"""

from functools import cache

import numpy as np
from scipy import stats

from bench.spec import Floats
from bench.statistics.jackknife import CONFIDENCE


def median(values: Floats) -> tuple[float, float, float]:
    """(median, low, high): order statistics that hold the true median with 95 %, or the extremes of too few values."""
    ordered, outside = np.sort(values), _outside(values.size)
    return float(np.median(values)), float(ordered[outside]), float(ordered[values.size - 1 - outside])


@cache
def error_quantile(rounds: int) -> float:
    """The normal quantile of the exact coverage of that interval: the half-width in standard errors."""
    return float(-stats.norm.ppf(stats.binom.cdf(_outside(rounds), rounds, 0.5)))


def _outside(rounds: int) -> int:
    """How many values lie outside the interval at either end."""
    return max(0, int(stats.binom.ppf((1 - CONFIDENCE) / 2, rounds, 0.5)) - 1)
