"""Whether the intervals of ratios hold the exact ratios: the only numbers of a sweep that no single check can judge."""

import numpy as np
from scipy import stats

from bench.oracle.checks import Results
from bench.oracle.measured import Measured
from bench.plan.cells import Plan
from bench.spec import Floats
from bench.statistics.jackknife import CONFIDENCE
from bench.statistics.moments import quiet


@quiet
def intervals_beside(plan: Plan, results: Results) -> tuple[float, float]:
    """(the share of the ratios' 95 % intervals that hold the exact ratio, the median miss); NaN where none is known.

    A miss is the distance of log ratios over its standard error, as a quantile of the normal. Cells share their draws
    and may miss together; but whatever they share, the median is beyond c with at most twice the chance of one miss.
    """
    covered, misses = list[bool](), list[float]()
    for (cell, _), result in results.items():
        below = plan.reference(cell)
        reference = results.get((cell, below)) if below else None
        if result.ratio is not None and reference is not None:
            inside, beyond = _beside(result, result.exact_variance / reference.exact_variance)
            covered += inside
            misses += beyond
    if not covered:
        return float("nan"), float("nan")
    return float(np.mean(covered)), float(np.median(misses))


def _beside(result: Measured, exact: Floats) -> tuple[list[bool], list[float]]:
    """Which of a result's intervals hold the exact ratios, and the misses."""
    assert result.ratio is not None
    value, low, high = result.ratio
    finite = np.isfinite(exact) & np.isfinite(low) & (exact > 0)
    quantile = stats.t.ppf((1 + CONFIDENCE) / 2, result.groups - 1)
    distance = quantile * abs(np.log(value / exact)) / np.maximum(np.log(high / low) / 2, np.finfo(float).tiny)
    beyond = stats.norm.isf(stats.t.sf(distance, result.groups - 1))
    return list(((low <= exact) & (exact <= high))[finite]), list(np.where(value == exact, 0.0, beyond)[finite])
