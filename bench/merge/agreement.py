"""Whether runs say the same of a number: each two of them, on the scale of their intervals.

Gradients are compared by z = (g - g') / hypot(se, se'); variances and their ratios by the logarithms, whose errors are
half-widths over the quantile of Student's t that they were made with. Their t, of as many degrees of freedom as one of
the two has, is turned into the normal quantile that is as rare. One bound holds for all that is compared (Bonferroni):
runs that agree are refused with a chance of 1e-6 in all. Exact values differ in round-off alone.
"""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy import stats

from bench.errors import BadInput, Changed
from bench.merge.parts import Part
from bench.oracle.agreement import BIAS, CANCELLED, normal_of
from bench.oracle.measured import UNCONVERGED
from bench.oracle.verdict import FALSE_ALARM_ORACLE
from bench.spec import Floats
from bench.statistics.jackknife import CONFIDENCE
from bench.statistics.moments import ROUND_OFF, quiet


@dataclass(frozen=True, slots=True)
class Pair:
    """One number of two runs; `size` is how far they are apart, in errors."""

    row: str
    column: str
    folders: tuple[Path, Path]
    numbers: tuple[float, float]
    size: float


def of_means(rows: Part, means: Floats, errors: Floats) -> list[Pair]:
    """Each two of means[runs] with these standard errors."""
    return [*_pairs(rows, "gradient", means, means, np.hypot(errors, ROUND_OFF * abs(means).max()), math.inf)]


@quiet
def of_logarithms(rows: Part, column: str, groups: int) -> list[Pair]:
    """Each two of the values of a column that has intervals, of a jackknife over so many groups."""
    values, low, high = rows.interval(column)
    errors = np.log(high / low) / 2 / stats.t.ppf((1 + CONFIDENCE) / 2, groups - 1)
    return [*_pairs(rows, column, values, np.log(values), np.hypot(errors, ROUND_OFF), groups)]


def _pairs(rows: Part, column: str, values: Floats, places: Floats, errors: Floats, groups: float) -> Iterator[Pair]:
    """Each two of the runs that have a number with an error."""
    finite = [int(i) for i in np.flatnonzero(np.isfinite(places) & np.isfinite(errors))]
    for i, j in combinations(finite, 2):
        t = abs(places[i] - places[j]) / math.hypot(errors[i], errors[j]) if places[i] != places[j] else 0.0
        size = t if math.isinf(groups) else float(normal_of(np.array(t), int(groups)))
        yield Pair(rows.title, column, (rows.folders[i], rows.folders[j]), (float(values[i]), float(values[j])), size)


def judged(statuses: Collection[str]) -> bool:
    """Whether the intervals of rows with these statuses may be believed: not where a few draws carry one."""
    return UNCONVERGED not in statuses


def require(pairs: Sequence[Pair]) -> None:
    """Changed names the pair that is farthest apart, where any is beyond the bound for all of them."""
    bound = float(stats.norm.isf(FALSE_ALARM_ORACLE / 2 / max(1, len(pairs))))
    beyond = [pair for pair in pairs if pair.size > bound]
    if beyond:
        worst = max(beyond, key=lambda pair: pair.size)
        left, right = worst.numbers
        raise Changed(
            f"runs: {len(beyond)} of {len(pairs)} comparisons disagree beyond joint intervals; the worst: {worst.row}: "
            f"{worst.column} = {left:.6g} in {str(worst.folders[0])!r} and {right:.6g} in {str(worst.folders[1])!r}, "
            f"{worst.size:.3g} joint errors apart, allowed {bound:.3g}"
        )


@quiet
def require_contract(rows: Part) -> None:
    """BadInput where runs have another estimator or cell under the same name: other work, or other exact values."""
    deviation = np.nan_to_num(np.sqrt(rows.first["exact_variance"]))
    sizes = {"evaluations": 0.0, "pilot_evaluations": 0.0, "exact_gradient": deviation, "exact_variance": 0.0}
    for column, size in sizes.items():
        values = rows.column(column)
        finite = [int(i) for i in np.flatnonzero(np.isfinite(values))]
        for i in finite[1:]:
            first, other = float(values[finite[0]]), float(values[i])
            if abs(first - other) > BIAS * max(abs(first), abs(other)) + CANCELLED * size:
                raise BadInput(
                    f"runs: conflicting {column} of {rows.title}: {first!r} in {str(rows.folders[finite[0]])!r}, "
                    f"{other!r} in {str(rows.folders[i])!r}; allowed: runs of the same cells and estimators"
                )
