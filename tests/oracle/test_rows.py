"""Rows: the chain rule, the order of the plan, and empty fields for what is not known."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.engine.stages import Sampled
from bench.oracle import rows
from bench.oracle.measured import NONFINITE, Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import Variant
from bench.tables.ratios import RATIOS
from bench.tables.statistics import STATISTICS

Results = dict[Job, Measured]
SIGMA = 0.5


@pytest.fixture
def plan(sampled: tuple[Plan, tuple[Sampled, ...]]) -> Plan:
    return sampled[0]


def of(listed: list[dict[str, Any]], **values: Any) -> list[dict[str, Any]]:
    return [row for row in listed if all(row[key] == value for key, value in values.items())]


def test_rows_are_in_plan_order_with_four_parameters_each(plan: Plan, results: Results) -> None:
    shuffled = dict(sorted(results.items(), key=str, reverse=True))
    listed = list(rows.statistics_rows(plan, shuffled))
    keys = ("latent", "samples", "estimator", "parameter")
    assert [tuple(row[key] for key in keys) for row in listed] == [
        (cell.latent, cell.samples, variant.name, parameter)
        for cell in plan.cells
        for variant in plan.estimators
        for parameter in ("mu", "sigma", "sigma2", "log_sigma")
    ]
    assert listed == list(rows.statistics_rows(plan, results))
    assert all(set(row) == set(STATISTICS.columns[1:]) for row in listed)


def test_sigma2_and_log_sigma_follow_by_the_chain_rule(plan: Plan, results: Results) -> None:
    """d/dsigma2 = d/dsigma / (2 sigma), d/dlog sigma = sigma d/dsigma; variances by the square."""
    for (cell, variant), result in results.items():
        keys = {"latent": cell.latent, "samples": cell.samples, "estimator": variant.name}
        mu, sigma, sigma2, log_sigma = of(list(rows.statistics_rows(plan, results)), **keys)
        assert mu["gradient"] == result.gradient[0]
        assert sigma["gradient"] == result.gradient[1]
        for derived, factor in ((sigma2, 1 / (2 * SIGMA)), (log_sigma, SIGMA)):
            for column in ("gradient", "gradient_se", "exact_gradient"):
                assert derived[column] == pytest.approx(sigma[column] * factor, rel=1e-15)
            for column in ("variance", "variance_low", "variance_high", "exact_variance"):
                assert derived[column] == pytest.approx(sigma[column] * factor**2, rel=1e-15)
            for column in ("gradient_z", "variance_z", "kurtosis", "replicates", "status"):
                assert derived[column] == sigma[column]
        assert sigma["gradient_se"] == pytest.approx(np.sqrt(sigma["variance"] / result.replicates), rel=1e-15)


def test_a_skipped_row_has_its_reason_and_no_number(plan: Plan, results: Results) -> None:
    for listed in (rows.statistics_rows(plan, results), rows.ratio_rows(plan, results)):
        skipped = [row for row in listed if row["status"] == "skipped: needs latent=per_datum"]
        assert len(skipped) == 2 * 4
        for row in skipped:
            numbers = set(row) - STATISTICS.text - RATIOS.text - {"mu", "sigma", "dataset_size", "samples", "dimension"}
            assert {row[key] for key in numbers} == {None}


def test_ratios_are_the_same_for_all_that_comes_from_sigma(plan: Plan, results: Results) -> None:
    listed = list(rows.ratio_rows(plan, results))
    assert {row["numerator"] for row in listed} == {"score_function", "score_function_local"}
    for cell in plan.cells:
        keys = {"latent": cell.latent, "samples": cell.samples, "numerator": "score_function"}
        _, *derived = of(listed, **keys)
        numbers = [{k: v for k, v in row.items() if k != "parameter"} for row in derived]
        assert numbers[0] == numbers[1] == numbers[2]
        above, below = (results[cell, Variant(name)].exact_variance for name in ("score_function", "pathwise"))
        assert derived[0]["exact_variance_ratio"] == pytest.approx(above[1] / below[1], rel=1e-15)


def test_a_ratio_over_an_overflow_is_marked_with_it(plan: Plan, results: Results) -> None:
    pathwise = {job: result for job, result in results.items() if job[1].name == "pathwise"}
    broken = results | {job: result._replace(status=(NONFINITE, "ok")) for job, result in pathwise.items()}
    measured = [row for row in rows.ratio_rows(plan, broken) if not row["status"].startswith("skipped")]
    assert {row["status"] for row in measured if row["parameter"] == "mu"} == {NONFINITE}
    assert {row["status"] for row in measured if row["parameter"] != "mu"} == {"ok"}


def test_a_derived_number_that_overflows_is_marked(plan: Plan, results: Results) -> None:
    (cell, variant), result = next(iter(results.items()))
    tiny = replace(cell, sigma=1e-300)
    small = replace(plan, cells=(tiny,), estimators=(variant,))
    status = {row["parameter"]: row["status"] for row in rows.statistics_rows(small, {(tiny, variant): result})}
    assert status == {"mu": "ok", "sigma": "ok", "sigma2": NONFINITE, "log_sigma": NONFINITE}
