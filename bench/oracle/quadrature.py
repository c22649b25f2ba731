"""The exact mean, variance and kurtosis of an estimator in a cell: its own kernels, integrated instead of sampled.

Nodes are added until the moments stand still, by one rule and then by another; what does not converge, or has no route
(`bench.oracle.routes`), is None: never a guess.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bench.engine.apply import constant
from bench.engine.case import Case
from bench.engine.pilot import draws, prepared
from bench.oracle import nodes as grids
from bench.oracle import routes
from bench.oracle.cancellation import cancelled
from bench.oracle.nodes import Nodes
from bench.oracle.routes import Exact
from bench.spec import Floats, Points, Weights
from bench.statistics.moments import ROUND_OFF, quiet

MOST_COMPONENTS = 4  # that nodes fill together
MOST_LOST = 1e-6  # the largest relative error that cancellation may cause
AGREE = 1e-11  # relative change of every moment from one rule to the next


def exact(case: Case, mean_alone: bool = False) -> Exact | None:
    """The exact moments of an estimator in a cell, or None where there is no exact route.

    With `mean_alone` the other moments need not settle. Of draws that are all coupled the moments are those of each
    alone.
    """
    case = prepared(case)
    route = _route(case)
    if route is None:
        return None
    settled: Exact | None = None
    size = cancelled(case)
    for fallback in (False, True):
        coarse: Exact | None = None
        for grid in grids.growing(case, route.tensor, fallback):
            fine = _without_round_off(route.integrate(case, grid), size)
            if coarse is not None and _agree(coarse, fine, size, mean_alone):
                still = _still_in_kurtosis(coarse, fine, size)
                if mean_alone or still.all():
                    return _shifted(fine, case)
                settled = replace(fine, kurtosis=np.where(still, fine.kurtosis, np.nan))
            coarse = fine
        if settled is not None:
            return _shifted(settled, case)
    return None


@dataclass(frozen=True, slots=True)
class Route:
    """A way to the moments, and whether its nodes fill all components together."""

    integrate: Callable[[Case, Nodes], Exact]
    tensor: bool


def _route(case: Case) -> Route | None:
    """The cheapest exact way there is, or None."""
    d, degree, coupled = case.cell.dimension, case.estimator.degree, case.sampler.coupled
    joint = isinstance(case.rule, Weights) and case.rule.joint is not None
    if degree > 2 or joint != (degree == 2) or (degree == 2 and coupled != 1):
        return None  # weights of all draws are integrated where pairs of draws tell them all
    if d > 1 and case.form.terms is not None:
        if isinstance(case.rule, Points) or _reads_components(case.rule):
            return Route(routes.of_sum, tensor=False)
        if coupled in (1, "estimate") and case.rule.path is None:
            if degree == 1 and routes.shifts(case, draws(case, routes.TRIED)) is not None:
                return Route(routes.of_product, tensor=False)
            if degree == 2 and routes.leaves_one_out(case.rule):
                return Route(routes.of_product_in_pairs, tensor=False)
    if d > MOST_COMPONENTS:
        return None
    return Route(routes.of_pairs if degree == 2 else routes.together, tensor=d > 1)


def _reads_components(rule: Weights) -> bool:
    """Whether the weight of each component reads that component alone, where f is a sum over them."""
    return (rule.score, rule.path) in (("terms", None), (None, "slope"), ("terms", "slope"))


def _shifted(moments: Exact, case: Case) -> Exact:
    """With the constant of a closed entropy: last, for it may cancel what settled."""
    return replace(moments, mean=moments.mean + constant(case), coupled=case.sampler.coupled)


def _without_round_off(moments: Exact, size: Floats) -> Exact:
    """A spread that is nothing beside what cancelled in it is none."""
    still = moments.variance <= (ROUND_OFF * size) ** 2
    return replace(
        moments,
        variance=np.where(still, 0.0, moments.variance),
        projection=np.where(still, 0.0, moments.projection),
        kurtosis=np.where(still, 3.0, moments.kurtosis),
    )


@quiet
def _agree(coarse: Exact, fine: Exact, size: Floats, mean_alone: bool) -> bool:
    """Whether means, and variances unless they are not asked for, stand still from one rule to the next."""
    moments = [(coarse.mean, fine.mean, np.sqrt(fine.variance) + abs(fine.mean) + size)]
    if not mean_alone:
        moments += [(coarse.variance, fine.variance, fine.variance + fine.mean**2 * 1e-3)]
        moved = np.where(np.isnan(fine.projection), 0.0, abs(coarse.projection - fine.projection))
        moments += [(moved, np.zeros_like(moved), fine.variance + fine.mean**2 * 1e-3)]
    return all(bool(np.all(abs(a - b) <= _tolerance(fine, size) * scale)) for a, b, scale in moments)


@quiet
def _still_in_kurtosis(coarse: Exact, fine: Exact, size: Floats) -> NDArray[np.bool_]:
    """[rows] Whether kurtoses stand still; one that no route gives does."""
    still = abs(coarse.kurtosis - fine.kurtosis) <= _tolerance(fine, size) * fine.kurtosis
    return np.asarray(still | (np.isnan(coarse.kurtosis) & np.isnan(fine.kurtosis)))


def _tolerance(fine: Exact, size: Floats) -> Floats:
    """[rows] Relative; a spread far below its mean, or below what cancelled in it, keeps fewer digits."""
    beside = abs(fine.mean) + size
    lost = np.nan_to_num(64 * np.finfo(float).eps * beside / np.sqrt(fine.variance), posinf=0.0)
    return np.asarray(AGREE + np.where(lost < MOST_LOST, lost, 0.0))
