"""Law: the oracle's variance and kurtosis are those of brute force, in one component and in several, for K draws."""

from dataclasses import replace

import numpy as np
import pytest

from bench.oracle import quadrature
from bench.oracle.apply import Case
from tests.support.cases import DATA, MU, SIGMA, cases, single_channel, title
from tests.support.integrals import fewest, moments, nodes

ROUND_OFF = 1e-9


def exact(case: Case) -> quadrature.Exact | None:
    return quadrature.exact(case)


def disagreement(case: Case, samples: int, count: int) -> float:
    """The largest relative difference of variance and fourth moment between the oracle and brute force."""
    known = exact(case)
    assert known is not None
    variance, kurtosis = known.at(samples)
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


@pytest.mark.parametrize("case", cases(dimension=2), ids=title)
def test_two_components(case: Case) -> None:
    samples = fewest(case)
    if exact(case) is None:
        dependent = case.sampler.coupled > 1 and case.estimator.structure == "product"
        assert dependent or case.estimator.degree > 1
    elif len(case.estimator.channels) < 2:
        assert disagreement(case, samples, nodes(case, samples)) < ROUND_OFF
    else:  # a tensor over channels x components would be too coarse: a sum over components has the sum of variances
        assert case.estimator.structure == "sum"
        both, parts = exact(case), [exact(alone(case, j)) for j in range(2)]
        assert both is not None
        total = np.sum([part.variance for part in parts if part is not None], axis=0)
        np.testing.assert_allclose(both.variance, total, rtol=ROUND_OFF)


def alone(case: Case, j: int) -> Case:
    """One component of a case in two: the datum j, or one cosine."""
    objective = case.cell.objective
    one = replace(objective, phi=(*objective.phi[:-1], 1.0)) if objective.phi else objective
    data = case.data[j : j + 1]
    return replace(case, data=data, cell=replace(case.cell, objective=one, dimension=1, dataset_size=data.size or None))


@pytest.mark.parametrize("case", single_channel(cases(dimension=1)), ids=title)
def test_rate_in_samples(case: Case) -> None:
    samples = 3 * fewest(case) if case.estimator.degree == 1 else 3
    assert disagreement(case, samples, min(40, nodes(case, samples))) < ROUND_OFF


def test_plain_averages_fall_as_one_over_samples() -> None:
    averages = [case for case in cases(dimension=1) if case.estimator.degree == 1]
    assert len(averages) > 20
    for case in averages:
        known = exact(case)
        assert known is not None
        first, rest = known.at(case.sampler.coupled)[0], known.at(100 * case.sampler.coupled)[0]
        np.testing.assert_allclose(rest * 100, first, rtol=1e-14)


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
    known = exact(case)
    assert known is not None
    variance = known.variance / np.array([1, 4 * v])  # d/dsigma^2 = d/dsigma / (2 sigma)
    np.testing.assert_allclose(variance, closed[estimator], rtol=1e-12)


@pytest.mark.parametrize("case", cases(dimension=1, mutants=True), ids=title)
def test_control_a_scaled_mutant_has_another_variance(case: Case) -> None:
    if "sign" not in case.estimator.name:  # a wrong sign has the right variance
        original = case.estimator.name.removesuffix("_biased")
        (right,) = [one for one in cases() if one.estimator.name == original and one.cell == case.cell]
        known, other = exact(case), exact(right)
        assert known is not None
        assert other is not None
        spread = other.variance > 0
        assert spread.any()
        assert np.max(abs(known.variance[spread] / other.variance[spread] - 1)) > 1.9e-3
