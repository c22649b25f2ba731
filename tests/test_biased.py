"""Rules that declare a bias: judged against their own mean, with bias and mean squared error beside the gradient."""

from dataclasses import replace

import numpy as np
import pytest

from bench import registry
from bench.oracle import measured
from bench.oracle.measured import Measured
from bench.oracle.rows import ratio_rows, statistics_rows
from bench.oracle.verdict import judge
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import Cell, Floats
from tests.support.cases import KINDS, PLUGINS
from tests.support.sampling import sampled_of, small
from tests.support.streams import CELL

H = 0.1  # of the forward difference
BIASED = registry.load([str(path) for path in sorted((PLUGINS / "biased").glob("*.py"))], kinds=KINDS)
NORMAL_DATA: Floats = BIASED.get("data", "normal").load(5, mean=0.0, standard_deviation=1.0, seed=0)
POINT = replace(CELL, theta=(1.0, 1.0), dataset_size=5)
PER_DATUM = replace(POINT, latent="per_datum", dimension=5, components="untied")
SIGMAS = 6.0  # standard errors that no right number is off

Sweep = tuple[Plan, dict[Job, Measured]]


def sweep(cell: Cell, estimator: str, plugins: registry.Registry = BIASED) -> Sweep:
    """A biased rule beside pathwise, one round."""
    return small([cell], [estimator, "pathwise"], plugins, NORMAL_DATA)


def of(results: dict[Job, Measured], estimator: str) -> Measured:
    """What was measured of one estimator."""
    return next(result for (_, variant), result in results.items() if variant.name == estimator)


@pytest.fixture(scope="module")
def difference() -> Sweep:
    return sweep(replace(POINT, samples=4), "forward_difference")


@pytest.fixture(scope="module")
def grouped() -> Sweep:
    return sweep(replace(POINT, samples=4), "group_normalised")


def test_a_bias_is_the_integrated_mean_minus_the_gradient(difference: Sweep) -> None:
    """h n for mu and for sigma, and by the chain rule."""
    _, results = difference
    result = of(results, "forward_difference")
    np.testing.assert_allclose(result.bias, 5 * H * np.array([1.0, 1.0, 0.5, 1.0, 1 - np.exp(-1.0)]), rtol=1e-10)
    np.testing.assert_allclose(
        result.gradient, result.exact_gradient + result.bias, atol=SIGMAS * result.gradient_se[1]
    )
    assert (abs(result.gradient - result.exact_gradient)[:2] > SIGMAS * result.gradient_se[:2]).all()
    np.testing.assert_array_equal(of(results, "pathwise").bias, 0.0)


def test_of_untied_components_it_is_the_norm() -> None:
    result = of(sweep(PER_DATUM, "forward_difference")[1], "forward_difference")
    np.testing.assert_allclose(result.bias[:2], H * np.sqrt(5), rtol=1e-10)
    assert (abs(result.gradient_z) < SIGMAS).all()


def test_a_declared_bias_never_fails_and_one_that_is_not_declared_does(difference: Sweep) -> None:
    assert judge(*difference).ok
    plugins = registry.load(kinds=KINDS)
    honest = BIASED.get("estimator", "forward_difference")
    plugins.add(replace(honest, biased=False), "", "here")
    plan, results = sweep(replace(POINT, samples=4), "forward_difference", plugins)
    verdict = judge(plan, results)
    assert not verdict.ok
    assert np.isnan(of(results, "forward_difference").bias).all()
    assert all("forward_difference" in failure for failure in verdict.failures)
    assert {failure.partition(": ")[2].partition(" ")[0] for failure in verdict.failures} == {"gradient_z", "bias"}


def test_it_is_judged_against_its_own_mean(difference: Sweep) -> None:
    """A measured mean that is off by ten standard errors is a failure."""
    plan, results = difference
    assert (abs(of(results, "forward_difference").gradient_z) < SIGMAS).all()
    (sampled,) = sampled_of(plan)
    subgrids = []
    for sums in sampled.subgrids:
        totals = sums.totals.copy()
        totals[..., 0] += 10 * np.sqrt(totals[..., 1].sum(axis=0)) / len(totals)
        subgrids.append(replace(sums, totals=totals))
    shifted = replace(sampled, subgrids=tuple(subgrids))
    wrong = dict(measured.measured(shifted, plan, 1.0))
    assert (of(wrong, "forward_difference").gradient_z[:2] > SIGMAS).all()
    assert any("forward_difference" in failure for failure in judge(plan, wrong).failures)


def test_mean_squared_errors_hold_the_bias(difference: Sweep) -> None:
    plan, results = difference
    result = of(results, "forward_difference")
    expected = result.bias**2 + result.exact_variance
    value, _, high = result.mse
    assert (abs(np.log(value / expected)) < 3 * np.log(high / value)).all()
    rows = [row for row in ratio_rows(plan, results) if row["numerator"].startswith("forward_difference")]
    for row in rows:
        assert row["mse_ratio_low"] < row["mse_ratio"] < row["mse_ratio_high"]
        assert row["mse_ratio"] > row["variance_ratio"] * 1.002


def test_group_normalised_has_its_right_values(grouped: Sweep) -> None:
    """From 1e6 groups by other code; its variance is none that pairs of draws tell."""
    result = of(grouped[1], "group_normalised")
    for value, expected in zip(result.gradient[:2], (0.5727, 0.3644), strict=True):
        assert abs(value - expected) < 0.005
    np.testing.assert_allclose(result.exact_gradient[:2], (9.5934, 10.0), rtol=1e-5)
    np.testing.assert_allclose(result.bias, result.gradient - result.exact_gradient, rtol=1e-12)
    np.testing.assert_allclose(result.variance[0][:2], (0.1122, 0.5411), rtol=0.02)
    np.testing.assert_allclose(result.mse[0][0], 81.49, rtol=1e-3)
    assert np.isnan(result.exact_variance).all()


def test_a_mean_that_nothing_integrates_is_said_to_have_no_oracle(grouped: Sweep) -> None:
    plan, results = grouped
    verdict = judge(plan, results)
    assert (verdict.ok, verdict.no_gradient, verdict.no_variance) == (True, 2, 2)
    listed = [row for row in statistics_rows(plan, results) if row["estimator"] == "group_normalised"]
    reason = "an estimate of 4 draws is not the mean over each 2 of them, as degree=2 claims"
    assert {row["oracle"] for row in listed} == {f"gradient only: its own mean has no exact route: {reason}"}
    assert np.isnan([row["gradient_z"] for row in listed]).all()
