"""Rows: the chain rule, the order of the plan, and empty fields for what is not known."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.engine.stages import Sampled
from bench.laws.cases import DATA
from bench.oracle import rows
from bench.oracle.measured import CONSTANT, NONFINITE, Measured
from bench.plan.cells import Plan
from bench.plan.references import Reference
from bench.plan.streams import Job
from bench.spec import Variant
from bench.tables.components import COMPONENTS
from bench.tables.ratios import RATIOS
from bench.tables.statistics import STATISTICS
from tests.support.sampling import small
from tests.support.streams import PER_DATUM

Results = dict[Job, Measured]
Untied = tuple[Plan, Results]
SIGMA = 0.5
NO_TERMS = "needs latent=per_datum, or an objective of several components"


@pytest.fixture
def plan(sampled: tuple[Plan, tuple[Sampled, ...]]) -> Plan:
    return sampled[0]


def of(listed: list[dict[str, Any]], **values: Any) -> list[dict[str, Any]]:
    return [row for row in listed if all(row[key] == value for key, value in values.items())]


def test_rows_are_in_plan_order_with_five_parameters_each(plan: Plan, results: Results) -> None:
    shuffled = dict(sorted(results.items(), key=str, reverse=True))
    listed = list(rows.statistics_rows(plan, shuffled))
    keys = ("latent", "samples", "estimator", "parameter")
    assert [tuple(row[key] for key in keys) for row in listed] == [
        (cell.latent, cell.samples, variant.name, parameter)
        for cell in plan.cells
        for variant in plan.estimators
        for parameter in ("mu", "sigma", "sigma2", "log_sigma", "softplus")
    ]
    assert list(map(str, listed)) == list(map(str, rows.statistics_rows(plan, results)))
    assert all(set(row) == set(STATISTICS.columns[1:]) for row in listed)


def test_what_is_derived_from_sigma_follows_by_the_chain_rule(plan: Plan, results: Results) -> None:
    """d/dsigma2 = d/dsigma / (2 sigma), d/dlog sigma = sigma d/dsigma, softplus; variances by the square."""
    for (cell, variant), result in results.items():
        keys = {"latent": cell.latent, "samples": cell.samples, "estimator": variant.name}
        mu, sigma, sigma2, log_sigma, softplus = of(list(rows.statistics_rows(plan, results)), **keys)
        assert mu["gradient"] == result.gradient[0]
        assert sigma["gradient"] == result.gradient[1]
        factors = 1 / (2 * SIGMA), SIGMA, 1 - np.exp(-SIGMA)
        for derived, factor in zip((sigma2, log_sigma, softplus), factors, strict=True):
            for column in ("gradient", "gradient_se", "exact_gradient"):
                assert derived[column] == pytest.approx(sigma[column] * factor, rel=1e-14)
            for column in ("variance", "variance_low", "variance_high", "exact_variance", "mse"):
                assert derived[column] == pytest.approx(sigma[column] * factor**2, rel=1e-14)
            for column in ("gradient_z", "variance_z", "kurtosis", "replicates", "bias"):
                assert derived[column] == pytest.approx(sigma[column], rel=1e-14)
            assert derived["status"] == sigma["status"]
        assert sigma["gradient_se"] == pytest.approx(np.sqrt(sigma["variance"] / result.replicates), rel=1e-15)


def test_a_skipped_row_has_its_reason_and_no_number(plan: Plan, results: Results) -> None:
    for listed in (rows.statistics_rows(plan, results), rows.ratio_rows(plan, results)):
        skipped = [row for row in listed if row["status"] == f"skipped: {NO_TERMS}"]
        assert len(skipped) == 2 * 5
        for row in skipped:
            numbers = set(row) - STATISTICS.text - RATIOS.text - {"mu", "sigma", "dataset_size", "samples", "dimension"}
            assert {row[key] for key in numbers} == {None}


def test_ratios_are_the_same_for_all_that_comes_from_sigma(plan: Plan, results: Results) -> None:
    listed = list(rows.ratio_rows(plan, results))
    assert {row["numerator"] for row in listed} == {"score_function", "score_function_local"}
    for cell in plan.cells:
        keys = {"latent": cell.latent, "samples": cell.samples, "numerator": "score_function"}
        _, *derived = of(listed, **keys)
        for column in (
            "variance_ratio",
            "variance_ratio_low",
            "variance_ratio_high",
            "mse_ratio",
            "exact_variance_ratio",
        ):
            assert [row[column] for row in derived] == pytest.approx([derived[0][column]] * 4, rel=1e-12)
        assert len({row["status"] for row in derived}) == 1
        above, below = (results[cell, Variant(name)].exact_variance for name in ("score_function", "pathwise"))
        assert derived[0]["exact_variance_ratio"] == pytest.approx(above[1] / below[1], rel=1e-15)


def test_a_ratio_over_an_overflow_is_marked_with_it(plan: Plan, results: Results) -> None:
    pathwise = {job: result for job, result in results.items() if job[1].name == "pathwise"}
    broken = results | {
        job: replace(result, status=(NONFINITE, *result.status[1:])) for job, result in pathwise.items()
    }
    measured = [row for row in rows.ratio_rows(plan, broken) if not row["status"].startswith("skipped")]
    assert {row["status"] for row in measured if row["parameter"] == "mu"} == {NONFINITE}
    assert {row["status"] for row in measured if row["parameter"] != "mu"} == {"ok"}


def test_a_derived_number_that_overflows_is_marked(plan: Plan, results: Results) -> None:
    job, result = next(iter(results.items()))
    value, low, high = result.variance
    broken = value.copy()
    broken[2] = np.inf
    listed = rows.statistics_rows(plan, results | {job: replace(result, variance=(broken, low, high))})
    status = {row["parameter"]: row["status"] for row in itertools.islice(listed, 5)}
    assert status == {"mu": "ok", "sigma": "ok", "sigma2": NONFINITE, "log_sigma": "ok", "softplus": "ok"}


def test_a_variance_that_underflows_is_no_constant(plan: Plan, results: Results) -> None:
    job, result = next(iter(results.items()))
    listed = rows.statistics_rows(plan, results | {job: replace(result, variance=(np.zeros(5),) * 3)})
    assert {row["status"] for row in itertools.islice(listed, 5)} == {NONFINITE}
    constant = replace(result, variance=(np.zeros(5),) * 3, status=(CONSTANT,) * 5)
    listed = rows.statistics_rows(plan, results | {job: constant})
    assert {row["status"] for row in itertools.islice(listed, 5)} == {CONSTANT}


def test_the_bias_of_an_unbiased_rule_is_0(plan: Plan, results: Results) -> None:
    measured = [row for row in rows.statistics_rows(plan, results) if not row["status"].startswith("skipped")]
    assert {row["bias"] for row in measured} == {0.0}


def test_a_ratio_over_a_constant_is_skipped(plan: Plan, results: Results) -> None:
    constant = {job: replace(r, status=(CONSTANT,) * 5) for job, r in results.items() if job[1].name == "pathwise"}
    listed = [row for row in rows.ratio_rows(plan, results | constant) if NO_TERMS not in row["status"]]
    assert {row["status"] for row in listed} == {f"skipped: pathwise is {CONSTANT}"}
    assert {row["variance_ratio"] for row in listed} == {None}


def test_a_reference_that_is_asked_for_is_the_denominator(plan: Plan, results: Results) -> None:
    asked = replace(plan, below=Reference(("score_function_local",)))
    listed = list(rows.ratio_rows(asked, results))
    assert {row["denominator"] for row in listed} == {"score_function_local"}
    assert {row["numerator"] for row in listed} == {"pathwise", "score_function"}
    shared = of(listed, latent="shared")
    assert {row["status"] for row in shared} == {f"skipped: {NO_TERMS}"}


def test_what_an_estimator_lacks_for_a_parameter_is_a_skip_with_the_reason(plan: Plan, results: Results) -> None:
    job = next(job for job in results if job[1].name == "pathwise")
    changed = results | {job: replace(results[job], lacking=("", "not written", "", "", ""))}
    lacking = of(list(rows.statistics_rows(plan, changed)), status="skipped: not written")
    assert [row["parameter"] for row in lacking] == ["sigma"]
    ratios = of(list(rows.ratio_rows(plan, changed)), status="skipped: not written")
    assert {row["parameter"] for row in ratios} == {"sigma"}
    assert {row["numerator"] for row in ratios} == {"score_function"}


UNTIED = replace(PER_DATUM, components="untied", theta=((0.5, -1.0, 2.0), 0.7))


@pytest.fixture(scope="module")
def untied() -> Untied:
    return small([UNTIED, replace(UNTIED, samples=10)], ["pathwise", "score_function"])


def test_theta_stands_in_mu_and_sigma_where_they_say_it_all(plan: Plan, results: Results, untied: Untied) -> None:
    for row in rows.statistics_rows(plan, results):
        assert (row["mu"], row["sigma"], row["theta"], row["family"]) == (1.0, 0.5, "", "normal")
    for row in rows.statistics_rows(*untied):
        assert (row["mu"], row["sigma"], row["theta"]) == (None, None, "mu=[0.5,-1,2],sigma=0.7")
        assert (row["components"], row["entropy"], row["dimension"]) == ("untied", "", 3)


def test_components_are_listed_one_by_one(untied: Untied) -> None:
    plan, results = untied
    listed = list(rows.component_rows(plan, results))
    assert all(set(row) == set(COMPONENTS.columns[1:]) for row in listed)
    assert len(listed) == 2 * 2 * 5 * 3
    for row in listed:
        result = results[replace(UNTIED, samples=row["samples"]), Variant(row["estimator"])]
        q, j = result.parameters.index(row["parameter"]), row["component"]
        for column in ("exact_gradient", "gradient", "gradient_z", "variance", "exact_variance", "variance_z"):
            assert row[column] == getattr(result.components, column)[j, q]
        assert row["gradient_se"] == pytest.approx(np.sqrt(row["variance"] / result.replicates))
    sums = of(list(rows.statistics_rows(plan, results)), estimator="pathwise", samples=1)
    for row in sums:
        single = of(listed, estimator="pathwise", samples=1, parameter=row["parameter"])
        assert row["variance"] == pytest.approx(sum(part["variance"] for part in single), rel=1e-12)
        assert row["exact_gradient"] == pytest.approx(np.hypot.reduce([part["exact_gradient"] for part in single]))


def test_exact_columns_of_components_are_those_of_each_datum(untied: Untied) -> None:
    """2 (mu_j - x_j) with variance 4 sigma^2; 2 sigma with 4 a^2 + 8 sigma^2, by the path."""
    listed = of(list(rows.component_rows(*untied)), estimator="pathwise", samples=1)
    a, sigma = np.array([0.5, -1.0, 2.0]) - DATA, 0.7
    mu, by_sigma = of(listed, parameter="mu"), of(listed, parameter="sigma")
    np.testing.assert_allclose([row["exact_gradient"] for row in mu], 2 * a, rtol=1e-13)
    np.testing.assert_allclose([row["exact_variance"] for row in mu], 4 * sigma**2, rtol=1e-10)
    np.testing.assert_allclose([row["exact_variance"] for row in by_sigma], 4 * a**2 + 8 * sigma**2, rtol=1e-10)


def test_tied_components_are_not_listed(plan: Plan, results: Results) -> None:
    assert not list(rows.component_rows(plan, results))
