"""Medians of a few values, with the distribution-free interval between two order statistics.

David & Nagaraja (2003), Order Statistics, section 7.1.
"""

from functools import cache

import numpy as np
from scipy import stats

from bench.spec import Floats
from bench.statistics.jackknife import CONFIDENCE


def median(values: Floats) -> tuple[float, float, float]:
    """(median, low, high): order statistics that hold the true median with 95 %, or the extremes of too few values."""
    n = values.size
    rank = int(stats.binom.ppf(0.025, n, 0.5))
    ordered = np.sort(values)
    return float(np.median(values)), float(ordered[max(0, rank - 1)]), float(ordered[min(n - 1, n - rank)])


@cache
def error_quantile(rounds: int) -> float:
    """The normal quantile of the exact coverage of that interval."""
    outside = max(0, int(stats.binom.ppf((1 - CONFIDENCE) / 2, rounds, 0.5)) - 1)
    return float(-stats.norm.ppf(stats.binom.cdf(outside, rounds, 0.5)))
