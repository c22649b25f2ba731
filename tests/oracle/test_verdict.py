"""The verdict: every check that should fail does, under its own name, and a right sweep passes."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bench.engine.stages import Sampled
from bench.oracle import verdict
from bench.oracle.measured import NONFINITE, Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import Floats

Results = dict[Job, Measured]
CHECKS = ("gradient_z", "variance_z", "bias")


@pytest.fixture
def plan(sampled: tuple[Plan, tuple[Sampled, ...]]) -> Plan:
    return sampled[0]


def with_another(results: Results, **fields: object) -> Results:
    """The results, with other fields in the third job."""
    job = list(results)[2]
    return results | {job: results[job]._replace(**fields)}  # type: ignore[arg-type]


def test_a_right_sweep_passes(plan: Plan, results: Results) -> None:
    judged = verdict.judge(plan, results)
    assert judged.ok
    assert judged.failures == ()
    assert judged.checks == len(results) * len(CHECKS) * 2
    assert judged.worst_gradient_z == max(abs(result.gradient_z).max() for result in results.values())
    assert judged.worst_variance_z == max(abs(result.variance_z).max() for result in results.values())


def test_the_bound_holds_for_the_whole_family(plan: Plan, results: Results) -> None:
    """Bonferroni over the z scores: each may leave the bound with the level over their number."""
    judged = verdict.judge(plan, results)
    scores = len(results) * 4
    assert 2 * stats.norm.sf(judged.bound) * scores == pytest.approx(verdict.FALSE_ALARM_ORACLE, rel=1e-9)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize("parameter", [0, 1])
def test_a_number_beyond_its_bound_fails_and_is_named(
    plan: Plan, results: Results, check: str, sign: int, parameter: int
) -> None:
    bound = 1.0 if check == "bias" else verdict.judge(plan, results).bound
    size: Floats = np.zeros(2)
    size[parameter] = sign * bound * 0.999
    assert verdict.judge(plan, with_another(results, **{check: size})).ok
    size[parameter] = sign * bound * 1.001
    judged = verdict.judge(plan, with_another(results, **{check: size}))
    assert not judged.ok
    (failure,) = judged.failures
    cell, variant = list(results)[2]
    assert failure.startswith(f"{variant.name} d/d{('mu', 'sigma')[parameter]}, squared_error {cell.latent} iid mu=1 ")
    assert f"sigma=0.5 dataset_size=3 samples={cell.samples}: {check} = {abs(size[parameter]):.3g}, allowed" in failure


def test_an_infinite_score_fails(plan: Plan, results: Results) -> None:
    assert not verdict.judge(plan, with_another(results, variance_z=np.array([np.inf, 0.0]))).ok


def test_what_has_no_oracle_or_overflowed_is_not_checked(plan: Plan, results: Results) -> None:
    unknown = np.full(2, np.nan)
    judged = verdict.judge(plan, with_another(results, gradient_z=unknown, variance_z=unknown, bias=unknown))
    assert judged.ok
    assert judged.checks == (len(results) - 1) * 6
    broken = with_another(results, gradient_z=np.array([np.inf, 0.0]), status=(NONFINITE, "ok"))
    assert verdict.judge(plan, broken).ok
    assert verdict.judge(plan, broken).checks == len(results) * 6 - 3


def test_a_sweep_without_an_oracle_has_nothing_to_fail(plan: Plan) -> None:
    judged = verdict.judge(plan, {})
    assert (judged.ok, judged.checks) == (True, 0)
    assert np.isnan(judged.coverage)


def test_coverage_is_the_share_of_intervals_that_hold_the_exact_ratio(plan: Plan, results: Results) -> None:
    wide, narrow = (np.zeros(2), np.full(2, np.inf)), (np.full(2, 1e300), np.full(2, np.inf))
    ratios = [job for job in results if job[1].name != "pathwise"]
    assert len(ratios) == 6
    for inside in range(len(ratios) + 1):
        changed = {
            job: result._replace(ratio=(np.ones(2), *(wide if ratios.index(job) < inside else narrow)))
            if job in ratios
            else result
            for job, result in results.items()
        }
        assert verdict.judge(plan, changed).coverage == pytest.approx(inside / len(ratios))


def test_rows_without_data_are_named_without_a_size(plan: Plan, results: Results) -> None:
    (cell, variant), result = next(iter(results.items()))
    job = (replace(cell, dataset_size=None), variant)
    (failure,) = verdict.judge(plan, {job: result._replace(bias=np.array([9.0, 0.0]))}).failures
    assert "dataset_size" not in failure


def test_the_conclusion_names_the_first_failures_and_counts_the_rest(plan: Plan, results: Results) -> None:
    right = verdict.judge(plan, results)
    assert verdict.conclusion(right).startswith(f"VERDICT ok: {right.checks} checks against the oracle; worst |z| ")
    wrong = replace(right, ok=False, failures=("row one", "row two", "row three"))
    assert verdict.conclusion(wrong, most=2).splitlines() == [
        f"VERDICT FAILED: the oracle disagrees with 3 of {right.checks} checks",
        "  row one",
        "  row two",
        "  ... and 1 more, all in manifest.json",
    ]
