"""From power sums to estimates: z scores of the right size, and a status for whatever is not to be trusted."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bench.engine import sampling
from bench.engine.sampling import Sampled
from bench.oracle import measured, quadrature
from bench.oracle.measured import NONFINITE, Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import Floats
from bench.statistics import jackknife, moments

Sampled = tuple[Plan, tuple[Sampled, ...]]


def changed(sample: Sampled, group: int, value: float) -> Sampled:
    """With one number among the first subgrid's sums of the first estimator of the first cell."""
    one = sample.subgrids[0]
    sums = one.sums.copy()
    sums[group, 0, 0, 0, 0, 1] = value
    return replace(sample, subgrids=(replace(one, sums=sums), *sample.subgrids[1:]))


def statuses(sample: Sampled, plan: Plan, precision: float = 1.0) -> list[str]:
    return [status for _, one in measured.measured(sample, plan, precision) for status in one.status]


def test_every_job_is_found_once(sampled: Sampled, found: dict[Job, Measured]) -> None:
    plan, samples = sampled
    jobs = [job for sample in samples for job, _ in measured.measured(sample, plan, 1.0)]
    assert sorted(map(str, jobs)) == sorted(map(str, found))
    assert set(jobs) == {(c, v) for c in plan.cells for v in plan.estimators} - set(plan.skips)


def test_numbers_are_those_of_the_sums(sampled: Sampled, found: dict[Job, Measured]) -> None:
    one = sampled[1][0].subgrids[0]
    variant = one.subgrid.estimators[1][0]
    estimate = found[replace(one.subgrid.cells[0], samples=one.subgrid.samples[1]), variant]
    total, n = one.sums.sum(axis=0)[0, 1, 1], one.replicates.sum(axis=0)[1]
    assert estimate.replicates == n
    np.testing.assert_allclose(estimate.gradient, one.centre[0] + total[:, 0] / n, rtol=1e-15)
    np.testing.assert_allclose(estimate.variance[0], (total[:, 1] - total[:, 0] ** 2 / n) / (n - 1), rtol=1e-14)
    np.testing.assert_array_equal(estimate.exact_gradient, one.centre[0])
    np.testing.assert_array_equal(estimate.kurtosis, moments.kurtosis(total, np.array([n])))


def test_ratios_are_over_pathwise_in_the_same_cell(found: dict[Job, Measured]) -> None:
    for (cell, variant), one in found.items():
        if variant.name == "pathwise":
            assert one.ratio is None
            continue
        base = next(other for (c, v), other in found.items() if c == cell and v.name == "pathwise")
        assert one.ratio is not None
        np.testing.assert_allclose(one.ratio[0], one.variance[0] / base.variance[0], rtol=1e-12)
        assert (one.ratio[1] < one.ratio[0]).all()
        assert (one.ratio[0] < one.ratio[2]).all()


def test_all_is_well_with_right_kernels(found: dict[Job, Measured]) -> None:
    bound = stats.norm.isf(1e-6 / 2 / (4 * len(found)))
    for one in found.values():
        assert one.status == ("ok", "ok")
        assert np.all(abs(np.concatenate([one.gradient_z, one.variance_z])) < bound)
        assert np.all(one.bias <= 1)


def test_z_scores_have_the_standard_errors_of_normal_theory_and_the_exact_fourth_moment() -> None:
    """For a normal of variance s^2: sd(mean) = s / sqrt(n), sd(variance) = s^2 sqrt(2 / (n - 1))."""
    n, s2, repetitions = 50, 4.0, 4000
    data = np.random.default_rng(6).normal(scale=2.0, size=(repetitions, n))
    kurtosis = 3.0
    error = s2**2 * ((kurtosis - 3) / n + 2 / (n - 1))
    variance_z = measured._z(data.var(axis=1, ddof=1) - s2, np.array(error), np.zeros(1))
    gradient_z = measured._z(data.mean(axis=1), np.array(s2 / n), np.zeros(1))
    for scores in (gradient_z, variance_z):
        fourth = stats.kurtosis(scores, fisher=False)
        assert abs(scores.var() - 1) < stats.norm.isf(1e-6) * np.sqrt((fourth - 1) / repetitions)
        assert abs(scores.mean()) < stats.norm.isf(1e-6) / np.sqrt(repetitions)


@pytest.mark.parametrize(("difference", "expected"), [(0.0, 0.0), (1e-13, 0.0), (1e-11, np.inf), (-1e-11, np.inf)])
def test_what_has_no_variance_agrees_to_round_off_or_not_at_all(difference: float, expected: float) -> None:
    assert measured._z(np.array([difference]), np.zeros(1), np.array([1e-12])).item() == expected


@pytest.mark.parametrize(
    ("mean", "variance", "agrees"),
    [(2.0, 1, True), (2.0 + 1e-8, 1, True), (2.0 + 4e-8, 1, False), (2.0 + 4e-8, 1e6, True), (np.nan, 1, False)],
)
def test_bias_is_in_units_of_its_tolerance(mean: float, variance: float, agrees: bool) -> None:
    exact = quadrature.Exact(*(np.array([value]) for value in (mean, variance, 3.0, variance)), 1, 1)
    assert bool(measured._bias(exact, np.array([2.0])) <= 1) is agrees


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_overflow_and_nan_have_a_status(sampled: Sampled, value: float) -> None:
    plan, (sample, *_) = sampled
    found = statuses(changed(sample, 0, value), plan)
    assert found.count(NONFINITE) == 1
    assert found[0] == NONFINITE


def test_one_group_that_decides_the_variance_alone_has_a_status(sampled: Sampled) -> None:
    plan, (sample, *_) = sampled
    sums = sample.subgrids[0].sums[:, 0, 0, 0, 0, 1]
    share = measured.DOMINATED / (1 - measured.DOMINATED) * (sums.sum() - sums[0])
    assert statuses(changed(sample, 0, 1.01 * share), plan)[0] == "unconverged"
    assert statuses(changed(sample, 0, 0.99 * share), plan)[0] == "ok"


def test_a_budget_that_ended_before_the_precision_has_a_status(sampled: Sampled) -> None:
    plan, (sample, *_) = sampled
    logs, _ = sampling.relative(sample.subgrids, sample.subgrids[0])
    widths: Floats = jackknife.half_width(logs)
    middle = float(np.nanmedian(widths))
    found = statuses(sample, plan, middle)
    assert found.count("budget") == int((widths > middle).sum())
    assert {"budget", "ok"} == set(found)
