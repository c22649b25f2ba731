"""Whether the intervals of ratios hold the exact ratios: the only numbers of a sweep that no single check can judge."""

import numpy as np
from scipy import stats

from bench.oracle.agreement import normal_of
from bench.oracle.checks import Results
from bench.oracle.measured import UNCONVERGED, Measured
from bench.oracle.ratios import ratios
from bench.plan.cells import Plan
from bench.spec import Floats
from bench.statistics.jackknife import CONFIDENCE, Interval
from bench.statistics.moments import quiet


@quiet
def intervals_beside(plan: Plan, results: Results) -> tuple[float, float]:
    """(the share of the ratios' 95 % intervals that hold the exact ratio, the median miss); NaN where none is known.

    A miss is the distance of log ratios over its standard error, as a quantile of the normal. Cells share their draws
    and may miss together; but whatever they share, the median is beyond c with at most twice the chance of one miss.
    """
    covered, misses = list[bool](), list[float]()
    for job, result in results.items():
        for other in plan.denominators(job):
            if other in results and (measured := ratios(plan, results, job, other)):
                exact = _told(result) / _told(results[other])
                inside, beyond = _beside(measured[0], exact, min(result.groups, results[other].groups))
                covered += inside
                misses += beyond
    if not covered:
        return float("nan"), float("nan")
    return float(np.mean(covered)), float(np.median(misses))


def _told(result: Measured) -> Floats:
    """[reported] Exact variances whose intervals may be believed: not where a few draws carry them, or may do so."""
    few = np.array(result.status) == UNCONVERGED
    return np.where(few | (result.reason != ""), np.nan, result.exact_variance)


def _beside(interval: Interval, exact: Floats, groups: int) -> tuple[list[bool], list[float]]:
    """Which of the intervals of ratios hold the exact ones, and the misses."""
    value, low, high = interval
    finite = np.isfinite(exact) & np.isfinite(low) & (exact > 0)
    quantile = stats.t.ppf((1 + CONFIDENCE) / 2, groups - 1)
    distance = quantile * abs(np.log(value / exact)) / np.maximum(np.log(high / low) / 2, np.finfo(float).tiny)
    beyond = normal_of(distance, groups)
    return list(((low <= exact) & (exact <= high))[finite]), list(np.where(value == exact, 0.0, beyond)[finite])
