"""All laws of an estimator: its gradient, its variance, its kernels, and the weights that it makes of all draws."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from bench.engine.case import Case
from bench.laws import channels, joint, kernels, unbiased, variance
from bench.laws.cases import at_several_thetas, one_of_each, place
from bench.laws.evaluations import evaluations
from bench.laws.finding import Finding
from bench.laws.integrals import by_quantile, fewest, is_coarse, nodes
from bench.laws.outcome import Outcome, tried
from bench.oracle import quadrature
from bench.oracle.nodes import breaks_elsewhere
from bench.plan.rules import rule_of
from bench.registry import Registry
from bench.spec import Estimator, Points, Weights

DRAWS = 12  # at which kernels are held against the Python they were written as
COMPONENTS = 8  # of which each is looked at
SAMPLES = (3, 6, 10)  # draws of an estimate, in which weights of all of them are looked at
BUDGET = 2_000_000  # normals for each integral
ENOUGH = 40  # nodes of an axis, for a fourth moment by brute force
ENOUGH_OF_QUANTILES = 200  # the same, for a quantile function
UNSUITED = "no family and objective of the package suit it"
BIASED = "it says that it is not"
MOST_AXES = 3  # of noise, that nodes fill by brute force


def of_estimator(estimator: Estimator, registry: Registry) -> Iterator[Outcome]:
    """On every family and objective that it accepts, in one and two components, at thetas that are not 1 or 0."""
    cases = [replace(case, budget=BUDGET) for case in at_several_thetas(estimator, registry)]
    few = one_of_each(cases)
    exact = {id(case): quadrature.exact(case) for case in few}
    integrable = [case for case in few if np.isfinite(exact[id(case)].variance).any()]
    fine = [case for case in cases if len(case.channels) * case.cell.dimension < MOST_AXES and not is_coarse(case)]
    several = [case for case in few if case.cell.dimension > 1]

    def put(law: str, to: list[Case], broken: Callable[[Case], Finding | None], reason: str = "") -> Outcome:
        return tried(law, to, broken, place, reason or UNSUITED)

    centred = [case for case in fine if not case.biased]
    yield put("unbiased", centred, unbiased.unbiased, BIASED if estimator.biased else "")
    many = one_of_each([case for case in at_several_thetas(estimator, registry, (COMPONENTS,)) if not case.biased])
    many = [replace(case, budget=BUDGET) for case in many]
    yield put(f"unbiased in {COMPONENTS} components", many, variance.measured_mean, BIASED if estimator.biased else "")
    of_constant = [case for case in one_of_each(fine) if not case.opened]
    yield put("nothing of a constant f", of_constant, unbiased.nothing_of_a_constant)
    no_route = "the oracle has no route to its variance"
    integrated = [case for case in integrable if is_fine(case)]
    yield put(
        "variance, by brute force", integrated, lambda c: variance.exact_variance(c, exact=exact[id(c)]), no_route
    )
    yield put("variance, measured", integrable, lambda c: variance.measured_variance(c, exact[id(c)]), no_route)
    yield put("tied is untied added up", several, at_draws(kernels.tied_is_untied_added_up))
    yield by_itself(few)
    yield put("same values twice", few, at_draws(kernels.same_twice))
    yield put("compiled as written", few, at_draws(kernels.compiled_as_written))
    yield put("inputs untouched", few, at_draws(kernels.inputs_untouched))
    yield put("evaluations, counted", few[:1] + several[:1], evaluations)
    yield from of_joint(estimator, registry)
    yield of_own_noise(few)


def is_fine(case: Case) -> bool:
    """Whether nodes by brute force are enough for fourth moments."""
    count = nodes(case, fewest(case))
    if breaks_elsewhere(case):
        return False
    return count >= ENOUGH_OF_QUANTILES and case.cell.dimension == 1 if by_quantile(case) else count >= ENOUGH


def of_joint(estimator: Estimator, registry: Registry, counts: Sequence[int] = SAMPLES) -> Iterator[Outcome]:
    """Weights of all draws of an estimate, and the U-statistic that `degree` says they make."""
    rules = [rule_of(estimator, family) for family in registry.plugins["family"].values()]
    several = [rule for rule in rules if isinstance(rule, Weights) and rule.joint][:1]
    sizes = [(rule, samples) for rule in several for samples in counts if samples > estimator.degree]
    claimed = sizes if estimator.degree > 1 else []
    single = "each draw has a weight of its own"

    def name(size: tuple[Weights, int]) -> str:
        return f"{size[1]} draws"

    yield tried("an estimate is by itself", sizes, lambda size: joint.estimate_alone(*size), name, single)
    reason = "degree=1 claims none" if several else single
    law = f"U-statistic of degree {estimator.degree}"
    yield tried(law, claimed, lambda size: joint.u_statistic(estimator, *size), name, reason)


def of_own_noise(cases: Sequence[Case]) -> Outcome:
    """Draws of the channels that rules bring have the law of their rules."""
    several = {c.name: c for case in cases if isinstance(case.rule, Points) for c in case.rule.channels}
    return channels.of_noise(list(several.values()))


def by_itself(cases: Sequence[Case]) -> Outcome:
    """Each draw's contribution hangs on that draw alone."""
    return tried("a draw is by itself", cases, at_draws(kernels.draws_alone), place, UNSUITED)


def at_draws(law: kernels.Law) -> Callable[[Case], Finding | None]:
    """A law of kernels at a few draws."""
    return lambda case: law(case, variance.drawn(case, fewest(case), DRAWS // fewest(case), seed=7), fewest(case))
