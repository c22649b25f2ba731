"""Estimators without an oracle: right ones agree, a biased one is found, and nothing is compared that has an oracle."""

from dataclasses import replace

import numpy as np
import pytest

from bench.oracle import verdict
from bench.oracle.conclusion import conclusion
from bench.oracle.consensus import against_each_other, without_oracle
from bench.oracle.measured import Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job
from tests.support.sampling import small
from tests.support.streams import CELL

Results = dict[Job, Measured]


@pytest.fixture(scope="module")
def pair() -> tuple[Plan, Results]:
    """Two estimators of a cell, as if their gradient had no oracle."""
    plan, results = small([CELL], ["pathwise", "score_function"])
    blind = {}
    for job, result in results.items():
        rng = np.random.default_rng(len(blind))
        spread = np.sqrt(result.components.variance / result.replicates * result.groups)
        means = result.components.gradient + spread * rng.standard_normal((result.groups, *spread.shape))
        unknown = np.full_like(spread, np.nan)
        numbers = replace(
            result.components,
            **dict.fromkeys(
                ("exact_gradient", "gradient_z", "exact_variance", "variance_z", "bias", "integrated"), unknown
            ),
        )
        blind[job] = replace(result, components=numbers, group_means=means)
    return plan, blind


def test_right_estimators_agree_and_the_verdict_says_no_more(pair: tuple[Plan, Results]) -> None:
    plan, results = pair
    checks = list(against_each_other(plan, results))
    assert [(check.kind, check.parameter) for check in checks] == [("agreement_z", 0), ("agreement_z", 1)]
    assert all(check.size < 5 for check in checks)
    judged = verdict.judge(plan, results)
    assert (judged.ok, judged.checks, judged.agreements, judged.no_gradient) == (True, 0, 2, 4)
    assert "VERDICT none: nothing was compared with an oracle" in conclusion(judged)
    assert "which is no proof" in conclusion(judged)


@pytest.mark.parametrize("parameter", [0, 1])
def test_an_estimator_that_is_off_is_found_and_both_rows_are_marked(pair: tuple[Plan, Results], parameter: int) -> None:
    plan, results = pair
    first, second = results
    result = results[second]
    assert result.group_means is not None
    means = result.group_means.copy()
    means[..., parameter] += 12 * means[..., parameter].std() / np.sqrt(len(means))
    wrong = results | {second: replace(result, group_means=means)}
    judged = verdict.judge(plan, wrong)
    (failure,) = judged.failures
    assert not judged.ok
    assert failure.startswith(f"score_function d/d{('mu', 'sigma')[parameter]}, squared_error")
    assert ", beside pathwise: agreement_z = " in failure
    marked = verdict.marked(plan, wrong)
    assert marked[first].status[parameter] == marked[second].status[parameter] == verdict.DISAGREES


def test_what_has_an_oracle_is_not_held_against_others() -> None:
    plan, results = small([CELL], ["pathwise", "score_function"])
    assert without_oracle(results) == {}
    assert list(against_each_other(plan, results)) == []


def test_the_bound_is_that_of_the_whole_family(pair: tuple[Plan, Results]) -> None:
    """The t statistic of few groups is turned into a normal quantile of the same chance."""
    plan, results = pair
    few = {
        job: replace(result, groups=8, group_means=result.group_means[:8])  # type: ignore[index]
        for job, result in results.items()
    }
    _, second = few
    means = few[second].group_means
    assert means is not None
    off = means + 12 * means.std(axis=0) / np.sqrt(8)  # 12 errors are within chance for 8 groups, not for 64
    assert verdict.judge(plan, few | {second: replace(few[second], group_means=off)}).ok
