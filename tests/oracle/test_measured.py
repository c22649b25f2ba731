"""From power sums to what was measured: z scores of the right size, and a status for what is not to be trusted."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bench.engine.stages import PowerSums, Sampled, relative
from bench.oracle import measured, quadrature
from bench.oracle.measured import NONFINITE, Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import Floats
from bench.statistics import jackknife, moments

Sampling = tuple[Plan, tuple[Sampled, ...]]
Results = dict[Job, Measured]
FIRST = (0, 0, 0, 0)  # cell, estimator, number of samples, d/dmu
SQUARES = 1  # among the power sums


def squares(sums: Floats) -> Floats:
    """[groups] The sums of squares of the first estimator in the first cell: a view."""
    return sums[(slice(None), *FIRST, SQUARES)]


def with_squares(sampled: Sampled, group: int, value: float) -> Sampled:
    """What a stream gave, with another sum of squares in a group of the first estimator in the first cell."""
    first, *others = sampled.subgrids
    sums = first.totals.copy()
    squares(sums)[group] = value
    return replace(sampled, subgrids=(replace(first, totals=sums), *others))


def statuses(sampled: Sampled, plan: Plan, precision: float = 1.0) -> list[str]:
    """All statuses, the first estimator in the first cell first."""
    return [status for _, result in measured.measured(sampled, plan, precision) for status in result.status]


@pytest.fixture
def plan(sampled: Sampling) -> Plan:
    return sampled[0]


@pytest.fixture
def stream(sampled: Sampling) -> Sampled:
    """What the first stream gave."""
    return sampled[1][0]


def test_every_job_is_measured_once(sampled: Sampling, results: Results) -> None:
    plan, streams = sampled
    jobs = [job for stream in streams for job, _ in measured.measured(stream, plan, 1.0)]
    assert sorted(map(str, jobs)) == sorted(map(str, results))
    assert set(jobs) == {(c, v) for c in plan.cells for v in plan.estimators} - set(plan.skips)


def test_numbers_are_those_of_the_sums(stream: Sampled, results: Results) -> None:
    """Those of the second estimator, at the second number of samples, in the first cell."""
    sums: PowerSums = stream.subgrids[0]
    cell, (variant, _), samples = sums.subgrid.cells[0], sums.subgrid.estimators[1], sums.subgrid.samples[1]
    result = results[replace(cell, samples=samples), variant]
    total, n = sums.totals.sum(axis=0)[0, 1, 1], sums.replicates.sum(axis=0)[1]
    assert result.replicates == n
    np.testing.assert_allclose(result.gradient, sums.centre[0] + total[:, 0] / n, rtol=1e-15)
    np.testing.assert_allclose(result.variance[0], (total[:, 1] - total[:, 0] ** 2 / n) / (n - 1), rtol=1e-14)
    np.testing.assert_array_equal(result.exact_gradient, sums.centre[0])
    np.testing.assert_array_equal(result.kurtosis, moments.kurtosis(total, np.array([n])))


def test_the_reference_has_no_ratio(results: Results) -> None:
    ratios = [result.ratio for (_, variant), result in results.items() if variant.name == "pathwise"]
    assert ratios == [None] * len(ratios)
    assert ratios


def test_ratios_are_over_pathwise_in_the_same_cell(results: Results) -> None:
    pathwise = {cell: result for (cell, variant), result in results.items() if variant.name == "pathwise"}
    others = [(cell, result) for (cell, variant), result in results.items() if variant.name != "pathwise"]
    assert others
    for cell, result in others:
        assert result.ratio is not None
        ratio, low, high = result.ratio
        np.testing.assert_allclose(ratio, result.variance[0] / pathwise[cell].variance[0], rtol=1e-12)
        assert (low < ratio).all()
        assert (ratio < high).all()


def test_all_is_well_with_right_kernels(results: Results) -> None:
    bound = stats.norm.isf(1e-6 / 2 / (4 * len(results)))
    for result in results.values():
        assert result.status == ("ok", "ok")
        assert np.all(abs(np.concatenate([result.gradient_z, result.variance_z])) < bound)
        assert np.all(result.bias <= 1)


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
def test_overflow_and_nan_have_a_status(plan: Plan, stream: Sampled, value: float) -> None:
    first, *others = statuses(with_squares(stream, 0, value), plan)
    assert first == NONFINITE
    assert NONFINITE not in others


@pytest.mark.parametrize(("factor", "status"), [(1.01, "unconverged"), (0.99, "ok")])
def test_a_group_that_decides_the_variance_alone_has_a_status(
    plan: Plan, stream: Sampled, factor: float, status: str
) -> None:
    """A group on the edge: its squares are the share DOMINATED of the sum with those of the others."""
    others = squares(stream.subgrids[0].totals)[1:].sum()
    edge = measured.DOMINATED / (1 - measured.DOMINATED) * others
    assert statuses(with_squares(stream, 0, factor * edge), plan)[0] == status


def test_a_budget_that_ended_before_the_precision_has_a_status(plan: Plan, stream: Sampled) -> None:
    logs, _ = relative(stream.subgrids, stream.subgrids[0])
    widths: Floats = jackknife.half_width(logs)
    middle = float(np.nanmedian(widths))
    counts = statuses(stream, plan, middle)
    assert counts.count("budget") == int((widths > middle).sum())
    assert {"budget", "ok"} == set(counts)
