"""Law: the oracle's variance and kurtosis are those of brute force, in one component and in several, for K draws."""

from dataclasses import replace

import numpy as np
import pytest
from bench.oracle.apply import Case

from bench.oracle import quadrature
from tests.support.cases import DATA, MU, SIGMA, cases, single_channel, title
from tests.support.integrals import fewest, moments, nodes

ROUND_OFF = 1e-9


def exact(case: Case) -> quadrature.Exact:
    """The exact moments of a case that has a route to them."""
    moments_of_a_draw = quadrature.exact(case)
    assert moments_of_a_draw is not None
    return moments_of_a_draw


def disagreement(case: Case, samples: int, count: int) -> float:
    """The largest relative difference of variance and fourth moment between the oracle and brute force."""
    variance, kurtosis = exact(case).at(samples)
    mean, second, fourth = moments(case, samples, count)
    size = np.sqrt(second) + abs(mean)
    errors = [abs(variance - second) / size**2]
    if not np.isnan(kurtosis).any():
        errors.append(abs(kurtosis * variance**2 - fourth) / size**4)
    return float(np.max(errors))


@pytest.mark.parametrize("case", cases(dimension=1), ids=title)
def test_one_component(case: Case) -> None:
    samples = fewest(case)
    assert disagreement(case, samples, nodes(case, samples)) < ROUND_OFF


def has_no_route(case: Case) -> bool:
    """In several components: estimates that need all their draws, and products of scores with dependent draws."""
    dependent = case.sampler.coupled > 1 and case.estimator.rule.structure == "product"
    return dependent or case.estimator.degree > 1


NO_ROUTE = [case for case in cases(dimension=2) if has_no_route(case)]
ROUTES = [case for case in cases(dimension=2) if not has_no_route(case)]
SEVERAL_CHANNELS = [case for case in ROUTES if len(case.estimator.rule.channels) > 1]


@pytest.mark.parametrize("case", NO_ROUTE, ids=title)
def test_where_there_is_no_route_the_oracle_says_so(case: Case) -> None:
    assert quadrature.exact(case) is None


@pytest.mark.parametrize("case", single_channel(ROUTES), ids=title)
def test_two_components(case: Case) -> None:
    samples = fewest(case)
    assert disagreement(case, samples, nodes(case, samples)) < ROUND_OFF


@pytest.mark.parametrize("case", SEVERAL_CHANNELS, ids=title)
def test_a_sum_over_two_components_has_the_sum_of_their_variances(case: Case) -> None:
    """Where a tensor over channels and components would be too coarse."""
    assert case.estimator.rule.structure == "sum"
    total = exact(alone(case, 0)).variance + exact(alone(case, 1)).variance
    np.testing.assert_allclose(exact(case).variance, total, rtol=ROUND_OFF)


def alone(case: Case, j: int) -> Case:
    """One component of a case in two: the datum j, or one cosine."""
    objective = case.cell.objective
    single = replace(objective, phi=(*objective.phi[:-1], 1.0)) if objective.phi else objective
    data = case.data[j : j + 1]
    cell = replace(case.cell, objective=single, dimension=1, dataset_size=data.size or None)
    return replace(case, data=data, cell=cell)


@pytest.mark.parametrize("case", single_channel(cases(dimension=1)), ids=title)
def test_rate_in_samples(case: Case) -> None:
    samples = 3 * fewest(case) if case.estimator.degree == 1 else 3
    assert disagreement(case, samples, min(40, nodes(case, samples))) < ROUND_OFF


AVERAGES = [case for case in cases(dimension=1) if case.estimator.degree == 1]


@pytest.mark.parametrize("case", AVERAGES, ids=title)
def test_plain_averages_fall_as_one_over_samples(case: Case) -> None:
    few, many = case.sampler.coupled, 100 * case.sampler.coupled
    np.testing.assert_allclose(exact(case).at(many)[0] * 100, exact(case).at(few)[0], rtol=1e-14)


def test_the_laws_of_some_cases_have_cases() -> None:
    assert len(AVERAGES) > 20
    assert single_channel(ROUTES)
    assert SEVERAL_CHANNELS
    assert NO_ROUTE


@pytest.mark.parametrize("estimator", ["score_function", "pathwise"])
def test_closed_forms_of_squared_error(estimator: str) -> None:
    """The table of variances for one draw: n, A = a^2 + s2, a = mu - xbar, v = sigma^2."""
    (case,) = [case for case in cases(dimension=1) if title(case) == f"squared_error-shared-{estimator}-iid"]
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


SCALED = [case for case in cases(dimension=1, mutants=True) if case.estimator.name.endswith("_biased")]


@pytest.mark.parametrize("case", SCALED, ids=title)
def test_control_a_scaled_mutant_has_another_variance(case: Case) -> None:
    """Which a wrong sign has not."""
    original = case.estimator.name.removesuffix("_biased")
    (right,) = [other for other in cases() if other.estimator.name == original and other.cell == case.cell]
    variance, right_variance = exact(case).variance, exact(right).variance
    spread = right_variance > 0
    assert spread.any()
    assert np.max(abs(variance[spread] / right_variance[spread] - 1)) > 1.9e-3
