"""Law: the oracle's variance and kurtosis are those of brute force, in one component and in several, for K draws."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.laws.cases import DATA, independent, title
from bench.laws.integrals import GAUSS, MOST_POINTS, by_quantile, fewest, nodes, refined
from bench.laws.variance import ROUND_OFF, exact_variance, measured_mean, measured_variance
from bench.oracle import quadrature
from bench.oracle.additive import reads_components
from bench.oracle.exact import Exact
from bench.spec import Points, Variant, Weight
from tests.support.cases import (
    APART,
    EVERYTHING,
    MU,
    MUTANTS,
    SIGMA,
    cases,
    covering,
    exact_gradient,
    fine,
    integrable,
    single_channel,
)
from tests.support.exact_variances import AVERAGES, PLAIN, lies_beyond_panels
from tests.support.streams import CELL, case_in
from tests.support.turns import few_and_slow

KNOWN: dict[tuple[object, ...], Exact] = {}


def integrated(case: Case) -> Exact:
    """What the oracle says of a case, asked once."""
    key = title(case), case.cell, case.data.tobytes()
    if key not in KNOWN:
        KNOWN[key] = quadrature.exact(case)
    return KNOWN[key]


def exact(case: Case) -> Exact:
    """The exact moments of a case that has a route to them."""
    moments_of_a_draw = integrated(case)
    assert np.isfinite(moments_of_a_draw.variance).all()
    return moments_of_a_draw


def in_few_channels(several: list[Case]) -> list[Case]:
    """Those whose channels a tensor rule fills finely."""
    return [case for case in fine(several) if len(case.channels) <= 3]


@pytest.mark.parametrize("case", few_and_slow(in_few_channels(integrable())), ids=title)
def test_the_variance_is_that_of_brute_force(case: Case) -> None:
    most = MOST_POINTS if case.cell.dimension == 1 else 1_000_000
    assert exact_variance(case, count=nodes(case, fewest(case), most), exact=exact(case)) is None


def test_a_narrow_f_below_a_wide_density_needs_equal_steps() -> None:
    """exp(-y^2) at sigma = 1.8: 64 nodes of Gauss and Hermite give 7.8e-5 for a fourth moment of 9.0e-5."""
    narrow = replace(CELL, objective=Variant("exponential", (1.0, 1.0)), theta=(0.2, 1.8), dataset_size=None)
    wide = case_in(narrow, "score_function", "iid")
    (first, _), (finer, _), _ = refined(wide, 1, GAUSS)
    assert abs(first[2] / finer[2] - 1).max() > 0.1
    right = quadrature.exact(wide)
    assert exact_variance(wide, exact=right) is None
    assert exact_variance(wide, exact=replace(right, variance=right.variance * 1.001)) is not None


def has_no_route(case: Case) -> bool:
    """In many components that are a sum: products of f with scores where draws depend on each other, or beside slopes.

    And rules that move all components at once.
    """
    rule = case.rule
    if isinstance(rule, Points):
        return rule.at_once
    product = rule.score == "value" or isinstance(rule.score, Weight)
    return product and (case.sampler.coupled not in (1, "estimate") or rule.path is not None)


IN_TWO = independent(cases(dimension=2))
SEVERAL_CHANNELS = [
    case for case in IN_TWO if len(case.channels) > 1 and case.form.terms is not None and reads_components(case)
]


@pytest.mark.parametrize("case", covering(SEVERAL_CHANNELS, APART), ids=title)
def test_a_sum_over_two_components_has_the_sum_of_their_variances(case: Case) -> None:
    """Where a tensor over channels and components would be too coarse; untied ones stand side by side."""
    several = [exact(alone(case, j)).variance for j in range(2)]
    total = np.concatenate(several) if case.cell.components == "untied" else np.sum(several, axis=0)
    np.testing.assert_allclose(exact(case).variance, total, rtol=ROUND_OFF)


POINTS_OF_COINS = covering(
    [
        case
        for case in independent(cases(dimension=3))
        if isinstance(case.rule, Points) and case.rule.place and case.family.path is None and case.form.terms is None
    ]
)


@pytest.mark.parametrize("case", POINTS_OF_COINS, ids=title)
def test_points_of_a_rule_where_f_does_not_separate(case: Case) -> None:
    """The other components stay at y, so their noise counts where the rule itself reads none of it."""
    assert exact_variance(case, count=2, exact=exact(case)) is None
    np.testing.assert_allclose(exact(case).mean, exact_gradient(case), rtol=1e-10)


def alone(case: Case, j: int) -> Case:
    """One component of a case in two: the datum j, or one term."""
    objective = case.cell.objective
    single = replace(objective, phi=(*objective.phi[:-1], 1.0)) if case.data.size == 0 else objective
    data = case.data[j : j + 1]
    cell = replace(case.cell, objective=single, dimension=1, dataset_size=data.size or None, components="tied")
    return replace(case, data=data, cell=cell)


MANY = 5  # components, more than nodes fill together


def widened(case: Case) -> Case:
    """A case of three components that are a sum, in MANY."""
    objective, data = case.cell.objective, np.linspace(-1.0, 2.0, MANY)
    wide = replace(objective, phi=(*objective.phi[:-1], float(MANY))) if case.data.size == 0 else objective
    size = MANY if case.data.size else None
    cell = replace(case.cell, objective=wide, dimension=MANY, dataset_size=size)
    return replace(case, data=data if size else case.data, cell=cell)


SEPARABLE = [widened(case) for case in independent(cases(dimension=3)) if case.form.terms is not None]
WIDE = covering([case for case in SEPARABLE if not by_quantile(case)], APART)


@pytest.mark.parametrize("case", WIDE, ids=title)
def test_in_many_components_a_sum_has_its_route_or_the_oracle_says_that_there_is_none(case: Case) -> None:
    moments_of_a_draw = integrated(case)
    assert bool(moments_of_a_draw.reason) == has_no_route(case)
    assert moments_of_a_draw.reason or (moments_of_a_draw.variance >= 0).all()


SINGLE = [case for case in fine(single_channel(independent(cases(dimension=1)))) if not by_quantile(case)]


@pytest.mark.parametrize("case", covering(SINGLE, APART), ids=title)
def test_rate_in_samples(case: Case) -> None:
    assert isinstance(case.sampler.coupled, int)
    samples = 2 * case.sampler.coupled if case.estimator.degree == 1 else 3
    assert exact_variance(case, samples, min(40, nodes(case, samples)), exact(case)) is None


@pytest.mark.parametrize("case", AVERAGES, ids=title)
def test_plain_averages_fall_as_one_over_samples(case: Case) -> None:
    assert isinstance(case.sampler.coupled, int)
    few, many = case.sampler.coupled, 100 * case.sampler.coupled
    np.testing.assert_allclose(exact(case).at(many)[0] * 100, exact(case).at(few)[0], rtol=1e-14)


COUPLED = covering([case for d in (1, 2) for case in cases(d) if case.sampler.coupled == "estimate"], APART)


@pytest.mark.parametrize("case", COUPLED, ids=title)
def test_an_estimate_of_draws_that_are_all_coupled_has_the_variance_of_its_strata_or_none_with_a_reason(
    case: Case,
) -> None:
    moments_of_a_draw = integrated(case)
    assert measured_variance(case, moments_of_a_draw, samples=4) is None
    assert bool(moments_of_a_draw.lacks(4)) != np.isfinite(moments_of_a_draw.at(4)).all()
    assert case.biased or measured_mean(case, 4) is None


def test_the_laws_of_some_cases_have_cases() -> None:
    assert len(AVERAGES) > 20
    assert SEVERAL_CHANNELS
    assert POINTS_OF_COINS
    assert {bool(integrated(case).lacks(4)) for case in COUPLED} == {True, False}
    assert {has_no_route(case) for case in WIDE} == {True, False}
    beyond = covering([case for case in PLAIN if lies_beyond_panels(case)], APART)
    assert {"has no density for panels" in integrated(case).reason for case in beyond} == {True}
    assert {case.estimator.name for case in IN_TWO} | {case.estimator.name for case in AVERAGES} >= set(
        EVERYTHING.plugins["estimator"]
    ) - set(MUTANTS)


@pytest.mark.parametrize("estimator", ["score_function", "pathwise"])
def test_closed_forms_of_squared_error(estimator: str) -> None:
    """The table of variances for one draw: n, A = a^2 + s2, a = mu - xbar, v = sigma^2."""
    name = f"squared_error-shared-normal-tied-{estimator}-iid"
    (case,) = [case for case in cases(dimension=1) if title(case) == name]
    n, a, s2, v = DATA.size, MU - DATA.mean(), DATA.var(), SIGMA**2
    spread = a * a + s2
    closed = {
        "score_function": (
            n * n * (spread**2 / v + 8 * a * a + 6 * spread + 15 * v),
            n * n * ((2 * spread**2 + 40 * a * a * v + 78 * v * v + 20 * spread * v) / (4 * v * v) - 1),
        ),
        "pathwise": (4 * n * n * v, n * n * (a * a / v + 2)),
    }
    variance = exact(case).variance / np.array([1, 4 * v])  # d/dsigma^2 = d/dsigma / (2 sigma)
    np.testing.assert_allclose(variance, closed[estimator], rtol=1e-12)


# Of a whole log q the score itself, which no mutant scales, has most of the variance.
WITHOUT_SCORE = [c for c in independent(cases(dimension=1, mutants=True)) if c.cell.entropy != "monte_carlo"]
SCALED = covering([case for case in WITHOUT_SCORE if case.estimator.name.endswith("_biased")], APART)


@pytest.mark.parametrize("case", SCALED, ids=title)
def test_control_a_scaled_mutant_has_another_variance(case: Case) -> None:
    """Which a wrong sign has not."""
    original = case.estimator.name.removesuffix("_biased")
    (right,) = [other for other in cases() if other.estimator.name == original and other.cell == case.cell]
    variance, right_variance = exact(case).variance, exact(right).variance
    spread = right_variance > 0
    assert spread.any()
    assert np.max(abs(variance[spread] / right_variance[spread] - 1)) > 1.9e-3


def test_control_a_variance_that_is_a_millionth_off_is_caught() -> None:
    (case,) = [case for case in cases(dimension=1) if title(case) == "squared_error-shared-normal-tied-pathwise-iid"]
    right = exact(case)
    finding = exact_variance(case, exact=replace(right, variance=right.variance * (1 + 1e-6)))
    assert finding is not None
    assert finding.place.startswith("d/d")
