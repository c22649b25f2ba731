"""The verdict: every check that should fail does, under its own name, and a right sweep passes."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bench.engine.stages import Sampled
from bench.oracle import verdict
from bench.oracle.conclusion import conclusion
from bench.oracle.measured import NONFINITE, Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import Floats
from tests.support.sampling import small
from tests.support.streams import PER_DATUM

Results = dict[Job, Measured]
CHECKS = ("gradient_z", "variance_z", "bias")
KNOWN = (*CHECKS, "exact_variance", "exact_gradient")  # fields of each component


@pytest.fixture
def plan(sampled: tuple[Plan, tuple[Sampled, ...]]) -> Plan:
    return sampled[0]


def with_another(results: Results, **fields: object) -> Results:
    """The results, with other fields in the third job."""
    job = list(results)[2]
    result = results[job]
    scores = {name: np.atleast_2d(value) for name, value in fields.items() if name in KNOWN}  # type: ignore[call-overload]
    others = {name: value for name, value in fields.items() if name not in KNOWN}
    changed = replace(result, components=replace(result.components, **scores), **others)  # type: ignore[arg-type]
    return results | {job: changed}


def test_a_right_sweep_passes(plan: Plan, results: Results) -> None:
    judged = verdict.judge(plan, results)
    assert judged.ok
    assert judged.failures == ()
    assert judged.checks == len(results) * len(CHECKS) * 2
    assert judged.worst_gradient_z == max(abs(result.gradient_z[:2]).max() for result in results.values())
    assert judged.worst_variance_z == max(abs(result.variance_z[:2]).max() for result in results.values())


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
    size: Floats = np.zeros(4)
    size[parameter] = sign * bound * 0.999
    assert verdict.judge(plan, with_another(results, **{check: size})).ok
    size[parameter] = sign * bound * 1.001
    judged = verdict.judge(plan, with_another(results, **{check: size}))
    assert not judged.ok
    (failure,) = judged.failures
    cell, variant = list(results)[2]
    assert failure.startswith(
        f"{variant.name} d/d{('mu', 'sigma')[parameter]}, squared_error {cell.latent} normal iid mu=1,"
    )
    assert f"sigma=0.5 dataset_size=3 samples={cell.samples}: {check} = {abs(size[parameter]):.3g}, allowed" in failure
    assert "; measured / exact = " in failure


def test_an_infinite_score_fails(plan: Plan, results: Results) -> None:
    assert not verdict.judge(plan, with_another(results, variance_z=np.array([np.inf, 0.0, 0.0, 0.0]))).ok


def test_what_has_no_oracle_or_overflowed_is_not_checked(plan: Plan, results: Results) -> None:
    unknown = np.full(4, np.nan)
    judged = verdict.judge(plan, with_another(results, gradient_z=unknown, variance_z=unknown, bias=unknown))
    assert judged.ok
    assert judged.checks == (len(results) - 1) * 6
    broken = with_another(results, gradient_z=np.array([np.inf, 0.0, 0.0, 0.0]), status=(NONFINITE, *["ok"] * 4))
    assert verdict.judge(plan, broken).ok
    assert verdict.judge(plan, broken).checks == len(results) * 6 - 3


def test_what_has_no_oracle_is_counted_with_its_reason(plan: Plan, results: Results) -> None:
    unknown = np.full(4, np.nan)
    fields = dict.fromkeys((*CHECKS, "exact_variance", "exact_gradient"), unknown)
    nothing = with_another(results, **fields, reason="f has kinks")
    judged = verdict.judge(plan, nothing)
    assert (judged.no_gradient, judged.no_variance, judged.reasons) == (2, 2, {"f has kinks": 2})
    assert (judged.gradients, judged.variances) == (len(results) * 2 - 2,) * 2
    job = list(results)[2]
    alone = verdict.judge(plan, {job: nothing[job]})
    assert (alone.checks, alone.no_gradient, alone.agreements) == (0, 2, 0)
    assert np.isnan([alone.worst_gradient_z, alone.worst_variance_z, alone.worst_bias]).all()


def test_rows_that_fail_and_what_is_derived_from_them_are_marked(plan: Plan, results: Results) -> None:
    assert verdict.marked(plan, results) == results
    job, wrong = list(results)[2], with_another(results, variance_z=np.array([0.0, 99.0, 0.0, 0.0, 0.0]))
    marked = verdict.marked(plan, wrong)
    assert marked[job].status == (results[job].status[0], *[verdict.DISAGREES] * 4)  # sigma and what is derived from it
    assert all(marked[other] is wrong[other] for other in results if other != job)


def test_what_a_family_lacks_is_not_checked(plan: Plan, results: Results) -> None:
    broken = with_another(
        results, gradient_z=np.array([0.0, np.inf, 0.0, 0.0, 0.0]), lacking=("", "not written", "", "", "")
    )
    judged = verdict.judge(plan, broken)
    assert judged.ok
    assert judged.checks == len(results) * 6 - 3


UNTIED = replace(PER_DATUM, components="untied", theta=((0.5, -1.0, 2.0), 0.7))


def test_every_component_is_checked_and_named() -> None:
    plan, results = small([UNTIED], ["pathwise"])
    ((job, result),) = results.items()
    judged = verdict.judge(plan, results)
    assert judged.ok
    assert judged.checks == 3 * 2 * len(CHECKS)
    for j in range(3):
        scores = result.components.variance_z.copy()
        scores[j, 1] = 50.0
        changed = replace(result, components=replace(result.components, variance_z=scores))
        (failure,) = verdict.judge(plan, {job: changed}).failures
        assert failure.startswith(
            f"pathwise d/dsigma[{j}], squared_error per_datum normal iid mu=[0.5,-1,2],sigma=0.7 "
        )


def test_a_sweep_without_an_oracle_has_nothing_to_fail(plan: Plan) -> None:
    judged = verdict.judge(plan, {})
    assert (judged.ok, judged.checks) == (True, 0)
    assert np.isnan(judged.coverage)


def test_coverage_is_the_share_of_intervals_that_hold_the_exact_ratio(plan: Plan, results: Results) -> None:
    wide, narrow = (np.full(5, 1e-9), np.full(5, 1e9)), (np.full(5, 1e300), np.full(5, 1e301))
    ratios = [job for job in results if job[1].name != "pathwise"]
    assert len(ratios) == 6
    for inside in range(len(ratios) + 1):
        changed = {
            job: replace(result, ratio=(np.ones(5), *(wide if ratios.index(job) < inside else narrow)))
            if job in ratios
            else result
            for job, result in results.items()
        }
        assert verdict.judge(plan, changed).coverage == pytest.approx(inside / len(ratios))


def test_rows_without_data_are_named_without_a_size(plan: Plan, results: Results) -> None:
    (cell, variant), result = next(iter(results.items()))
    job = (replace(cell, dataset_size=None), variant)
    components = replace(result.components, bias=np.array([[9.0, 0.0, 0.0, 0.0, 0.0]]))
    (failure,) = verdict.judge(plan, {job: replace(result, components=components)}).failures
    assert "dataset_size" not in failure


def nowhere_finite(results: Results, name: str) -> Results:
    """The results, with no finite number of one estimator."""
    return {
        job: replace(result, status=(NONFINITE,) * len(result.status)) if job[1].name == name else result
        for job, result in results.items()
    }


def test_an_estimator_without_a_finite_number_is_named_beside_sound_ones(plan: Plan, results: Results) -> None:
    judged = verdict.judge(plan, nowhere_finite(results, "pathwise"))
    assert judged.ok
    assert judged.nowhere_finite == ("pathwise",)
    assert "without one finite value: pathwise" in conclusion(judged).splitlines()


def test_a_number_that_is_not_finite_is_no_estimator_without_any(plan: Plan, results: Results) -> None:
    status = with_another(results, status=(NONFINITE,) * 5)
    assert verdict.judge(plan, status).nowhere_finite == ()
    assert "without one" not in conclusion(verdict.judge(plan, status))
