"""How far measured numbers are from exact ones, in standard errors and in tolerances."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from bench.oracle.exact import Exact
from bench.spec import Floats
from bench.statistics.moments import quiet

BIAS = 1e-8  # tolerance of the integrated gradient relative to the exact one
CANCELLED = 1e-10  # and to what it adds up: the spread of one draw, an entropy


@dataclass(frozen=True, slots=True)
class ByComponent:
    """The numbers behind the reported ones, each [1 or d, reported]."""

    exact_gradient: Floats
    gradient: Floats
    gradient_z: Floats
    variance: Floats
    exact_variance: Floats
    variance_z: Floats
    integrated: Floats  # the gradient by the estimator's own kernels
    bias: Floats  # |integrated - exact gradient| over its tolerance; NaN without an oracle


@quiet
def z_of(difference: Floats, variance: Floats, round_off: Floats) -> Floats:
    """difference / sqrt(variance); where the variance is 0, 0 up to round-off and infinite beyond."""
    of_a_constant = np.where(abs(difference) <= round_off, 0.0, np.inf)
    return np.asarray(np.where(variance == 0, of_a_constant, difference / np.sqrt(variance)))


def normal_of(t: Floats, groups: int) -> Floats:
    """The normal quantile that is as rare as |t| of Student's t over so many groups."""
    return np.asarray(stats.norm.isf(stats.t.sf(abs(t), groups - 1)))


def bias_of(exact: Exact, gradient: Floats, size: Floats) -> Floats:
    """|integrated - exact gradient| over its tolerance; `size` is that of what was added up and may have cancelled."""
    tolerance = BIAS * abs(gradient) + CANCELLED * (np.sqrt(np.nan_to_num(exact.variance)) + size)
    return np.asarray(abs(exact.mean - gradient) / np.maximum(tolerance, np.finfo(float).tiny))


@quiet
def projections(by_component: ByComponent, group_means: Floats, n: float) -> tuple[Floats, Floats]:
    """(mean estimate along the exact gradient, its standard error), from group_means[groups, d, reported].

    Of one component it is the gradient itself. The error of several comes from the spread of the groups' projections;
    where the exact gradient is 0 and has no direction, they are those along (1, ..., 1).
    """
    mean, exact = by_component.gradient, by_component.exact_gradient
    if len(mean) == 1:
        return mean[0], np.sqrt(by_component.variance[0] / n)
    along = np.where(np.isfinite(exact).all(axis=0), exact, mean)
    size = np.sqrt((along**2).sum(axis=0))
    direction = np.where(size > 0, along / size, 1 / np.sqrt(len(along)))
    spread = (group_means * direction).sum(axis=1).std(axis=0, ddof=1)
    spread = np.where((by_component.variance == 0).all(axis=0), 0.0, spread)
    return (mean * direction).sum(axis=0), spread / np.sqrt(len(group_means))


def worst(scores: Floats) -> Floats:
    """[reported] The score of the component that is farthest off, of scores[d, reported]; NaN where all are."""
    sizes = np.where(np.isnan(scores), -1.0, abs(scores))
    return np.asarray(np.take_along_axis(scores, sizes.argmax(axis=0)[np.newaxis], axis=0)[0])
