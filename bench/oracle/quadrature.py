"""The exact mean, variance and kurtosis of an estimator in a cell: its own kernels, integrated instead of sampled.

Nodes are added until the moments stand still: by a rule, then by another, then by panels laid where f is steep, narrow
or broken. Where f is seen to be so without having said it, rules that cannot see it are not asked.
What does not converge, or has no route (`bench.oracle.routes`), is NaN and says why: never a guess.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bench.engine.apply import constant, contributions
from bench.engine.case import Case
from bench.engine.pilot import draws, frozen, prepared
from bench.oracle import additive, panels, routes
from bench.oracle import nodes as grids
from bench.oracle.batches import mixed
from bench.oracle.cancellation import cancelled
from bench.oracle.declared import declared
from bench.oracle.exact import DEPENDENT, Exact, none
from bench.oracle.marks import marks
from bench.oracle.nodes import Nodes, breaks_elsewhere
from bench.oracle.search import SearchEnded, deadline, keep_to
from bench.oracle.strata import with_strata
from bench.oracle.tails import ENDLESS, Integrand, Those, within
from bench.spec import Floats, Points, Weights
from bench.statistics.moments import ROUND_OFF, quiet

MOST_COMPONENTS = 4  # that nodes fill together
MOST_LOST = 1e-6  # the largest relative error that cancellation may cause
AGREE = 1e-11  # relative change of every moment from one rule to the next
AGREE_IN_PANELS = 1e-9  # the same of panels, whose first are that exact
NO_SPREAD = 1e-20  # a variance beside the square of the mean that need not stand still


def exact(case: Case, mean_alone: bool = False) -> Exact:
    """The exact moments of an estimator in a cell; NaN, with the reason, where there is no exact route.

    With `mean_alone` the other moments need not settle. Of draws that are all coupled the moments are those of each
    alone, and `bench.oracle.strata` tells those of an estimate where it can.
    """
    if case.objective.batches and case.batch is None:
        return mixed(frozen(case), exact)
    case = prepared(case)
    route, size = _route(case), cancelled(case)
    if isinstance(route, str):
        return _shifted(_without_round_off(declared(case, route), size), case)
    so_far = none(case, "moments do not stand still, however many nodes integrate them")
    try:
        places = marks(case) if route.features else []
        contributions(case, draws(case, 1))  # compiled before the clock runs
        end = deadline()
        for agree, several in _ways(case, route, places, end):
            coarse: Exact | None = None
            for grid in several:
                keep_to(end)
                fine = _without_round_off(route.integrate(case, grid), size)
                if coarse is not None:
                    reach = partial(within, fine, case, route.integrand, grid)
                    so_far = _settled(so_far, fine, partial(_standing, coarse, size=size, agree=agree), reach)
                    if _complete(so_far, mean_alone):
                        return _finished(replace(so_far, reason=""), case, route)
                coarse = fine
    except SearchEnded as ended:
        so_far = replace(so_far, reason=str(ended))
    return _finished(so_far, case, route)


@dataclass(frozen=True, slots=True)
class Route:
    """A way to the moments: from whole draws, or from each component's own nodes, where what is seen there settles."""

    integrate: Callable[[Case, Nodes], Exact]
    integrand: Integrand  # whose powers are integrated
    features: Integrand | None = None  # [d, features, m]; None from whole draws
    groups: grids.Groups = ()  # of channels that add up, so that nodes need not fill all of them


def _ways(case: Case, route: Route, places: Sequence[Floats], end: float) -> Iterator[tuple[float, Iterator[Nodes]]]:
    """(how far moments may move, finer and finer nodes), one way after the other."""
    is_cut = len(case.breaks) and not breaks_elsewhere(case)
    if is_cut or not any(len(several) for several in places):
        for fallback in (False, True):
            pairs = route.integrate is routes.of_pairs
            yield AGREE, grids.growing(case, route.features is None, fallback, pairs, route.groups)
    if route.features:
        yield AGREE_IN_PANELS, panels.growing(case, route.features, places, end, route.groups)


def _route(case: Case) -> Route | str:
    """The cheapest exact way there is, or why there is none."""
    d, degree, coupled = case.cell.dimension, case.estimator.degree, case.sampler.coupled
    joint = isinstance(case.rule, Weights) and case.rule.joint is not None
    if degree > 2:
        return f"an estimate is a U-statistic of degree {degree}, allowed 2"
    if joint != (degree == 2):
        return "weights of all draws are integrated where pairs of draws tell them all"
    if degree == 2 and coupled != 1:
        return DEPENDENT
    covariance = isinstance(case.rule, Weights) and joint and routes.leaves_one_out(case.rule)
    at_once = isinstance(case.rule, Points) and case.rule.at_once
    if groups := additive.groups_of(case):
        return Route(additive.of_groups, routes.columns_of, routes.columns_of, groups)
    if d == 1 and not joint:
        return Route(routes.of_sum, routes.columns_of, routes.columns_of)
    if d == 1 and covariance:
        return Route(routes.of_covariance, routes.weighed_of, routes.products_of)
    if d > 1 and case.form.terms is not None and not at_once:
        if additive.reads_components(case):
            return Route(routes.of_sum, routes.columns_of, routes.columns_of)
        if coupled in (1, "estimate") and isinstance(case.rule, Weights) and case.rule.path is None:
            if degree == 1 and routes.shifts(case, draws(case, routes.TRIED)) is not None:
                return Route(routes.of_product, routes.weighed_of, routes.products_of)
            if degree == 1 and additive.takes_off_a_sum(case):
                return Route(additive.of_controlled, routes.weighed_of, routes.products_of)
            if covariance:
                return Route(routes.of_covariance, routes.weighed_of, routes.products_of)
    if d > MOST_COMPONENTS:
        how = "do not separate" if case.form.terms is None else "the estimator takes together"
        return f"{d} components that {how}, allowed {MOST_COMPONENTS}"
    if breaks_elsewhere(case):  # nodes that miss a jump settle beside it
        return "f jumps or kinks where the rule looks in several components together"
    return Route(routes.of_covariance if covariance else routes.of_pairs if joint else routes.together, routes.whole_of)


def _finished(moments: Exact, case: Case, route: Route) -> Exact:
    """With the constant of a closed entropy, last, for it may cancel what settled; with what strata tell."""
    return with_strata(_shifted(moments, case), case, is_sum=route.integrate is routes.of_sum)


def _shifted(moments: Exact, case: Case) -> Exact:
    """With the constant of a closed entropy."""
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


def _complete(so_far: Exact, mean_alone: bool) -> bool:
    """Whether all that is asked for has settled."""
    moments = (so_far.mean,) if mean_alone else (so_far.mean, so_far.variance, so_far.kurtosis)
    return not any(np.isnan(moment).any() for moment in moments)


@quiet
def _standing(coarse: Exact, fine: Exact, *, size: Floats, agree: float) -> Those:
    """Which means, variances and kurtoses stand still from one rule to the next."""
    tolerance = _tolerance(fine, size, agree)
    mean = abs(coarse.mean - fine.mean) <= tolerance * (np.sqrt(fine.variance) + abs(fine.mean) + size)
    mean |= np.isnan(fine.variance) & (abs(coarse.mean - fine.mean) <= agree * abs(fine.mean))
    moved = np.maximum(abs(coarse.variance - fine.variance), np.nan_to_num(abs(coarse.projection - fine.projection)))
    mean &= np.isfinite(fine.mean)
    variance = mean & np.isfinite(fine.variance) & (moved <= tolerance * (fine.variance + NO_SPREAD * fine.mean**2))
    kurtosis = variance & (abs(coarse.kurtosis - fine.kurtosis) <= tolerance * fine.kurtosis)
    return mean, variance, kurtosis


def _settled(so_far: Exact, fine: Exact, standing: Callable[[Exact], Those], reach: Callable[[], Those]) -> Exact:
    """What is known, and what is known now: what stands still and has died out where the nodes end.

    A kurtosis that stands still and has not died out is infinite, or as good as that.
    """
    unknown = [np.isnan(moment) for moment in (so_far.mean, so_far.variance, so_far.kurtosis)]
    stands = standing(fine)
    if not any((still & new).any() for still, new in zip(stands, unknown, strict=True)):
        return so_far
    within_reach = reach()
    finite = replace(fine, variance=np.where(within_reach[1], fine.variance, np.nan))  # else no mean stands beside it
    mean, variance, _ = (still & ends for still, ends in zip(standing(finite), within_reach, strict=True))
    kurtosis = np.where(within_reach[2], fine.kurtosis, np.inf)
    return replace(
        fine,
        mean=np.where(mean, fine.mean, so_far.mean),
        variance=np.where(variance, fine.variance, so_far.variance),
        projection=np.where(variance, fine.projection, so_far.projection),
        kurtosis=np.where(variance & stands[2], kurtosis, so_far.kurtosis),
        reason=so_far.reason if np.all(within_reach[:2]) else ENDLESS,
    )


def _tolerance(fine: Exact, size: Floats, agree: float) -> Floats:
    """[rows] Relative; a spread far below its mean, or below what cancelled in it, keeps fewer digits."""
    beside = abs(fine.mean) + size
    lost = np.nan_to_num(64 * np.finfo(float).eps * beside / np.sqrt(fine.variance), posinf=0.0)
    return np.asarray(agree + np.where(lost < MOST_LOST, lost, 0.0))
