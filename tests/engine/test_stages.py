"""Stages: when sampling stops, and what the variances are compared with."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine import stages
from bench.engine.stages import Sampled, relative, worst_half_width
from bench.oracle import gradients
from bench.plan.cells import Plan
from bench.plan.references import Reference
from bench.plan.tiling import FEWEST_GROUPS, GROUPS, TILE, cut
from tests.support.sampling import sampled_of
from tests.support.streams import CELL, PER_DATUM, at_sigma, plan_of, stream_of, with_block

BOTH = ("pathwise", "score_function")


def plan(*estimators: str, untied: bool = False) -> Plan:
    """One small cell, in blocks of a tile, power sums about its exact gradient."""
    cell = replace(PER_DATUM, components="untied", theta=(0.3, (0.5, 1.0, 2.0))) if untied else at_sigma(CELL, 1.0)
    return gradients.centred(plan_of(with_block(stream_of([cell], estimators), TILE)))


def sample(made: Plan, precision: float, budget: int) -> Sampled:
    """What the plan's only stream gives."""
    return sampled_of(made, precision, budget)[0]


def test_one_lap_is_the_least() -> None:
    sampled = sample(plan(*BOTH), precision=10.0, budget=1)
    assert sampled.laps == 1
    assert sampled.subgrids[0].replicates.tolist() == [[TILE]] * GROUPS


def test_sampling_goes_on_until_the_worst_ratio_is_precise() -> None:
    loose, tight = (sample(plan(*BOTH), precision, 10**9) for precision in (0.1, 0.02))
    assert loose.laps < tight.laps
    assert tight.reached <= 0.02
    assert tight.reached == worst_half_width(tight.subgrids, plan(*BOTH))


def test_the_budget_ends_it_at_whole_laps() -> None:
    sampled = sample(plan(*BOTH), precision=1e-6, budget=5 * GROUPS * TILE + 7)
    assert sampled.laps == 5
    assert sampled.reached > 1e-6


def test_a_small_budget_has_fewer_groups() -> None:
    made = plan(*BOTH)
    (stream,) = made.streams
    small = replace(stream, cut=cut(1, 1, 1, 1, budget=8 * 640))
    sampled = sample(replace(made, streams=(small,)), precision=1e-6, budget=8 * 640)
    assert sampled.subgrids[0].replicates.tolist() == [[640]] * FEWEST_GROUPS
    assert sampled.subgrids[0].totals.shape[0] == FEWEST_GROUPS
    assert sampled.laps == 1


@pytest.mark.parametrize("untied", [False, True])
def test_variances_are_compared_with_the_pathwise_one(untied: bool) -> None:
    made = plan(*BOTH, untied=untied)
    (sums,) = sample(made, 10.0, 1).subgrids
    logs, is_ratio = relative([sums], sums, made)
    assert is_ratio.tolist() == [[[False], [True]]]
    assert np.all(logs.all[:, 0] == 0)
    variances = stages.log_variances_of(sums).all
    np.testing.assert_array_equal(logs.all[:, 1], variances[:, 1] - variances[:, 0])


def test_the_sum_over_untied_components_is_what_is_compared() -> None:
    """[cells, members, samples, reported]: mu, sigma, and what is derived from sigma by each component's own factor."""
    made = plan("pathwise", untied=True)
    (sums,) = sample(made, 10.0, 1).subgrids
    n, total = sums.replicates.sum(), sums.totals.sum(axis=0)[0, 0, 0]
    variances = ((total[:, 1] - total[:, 0] ** 2 / n) / (n - 1)).reshape(3, 2)
    sigma = np.array([0.5, 1.0, 2.0])
    factors = 1 / (2 * sigma), sigma, 1 - np.exp(-sigma)  # of sigma2, log_sigma and softplus
    expected = [variances[:, 0], variances[:, 1], *(variances[:, 1] * factor**2 for factor in factors)]
    traces = np.exp(stages.log_variances_of(sums).all[0, 0, 0])
    np.testing.assert_allclose(traces, np.sum(expected, axis=1), rtol=1e-12)


def test_mean_squares_are_about_the_exact_gradient() -> None:
    (sums,) = sample(plan("score_function"), 10.0, 1).subgrids
    n, total = sums.replicates.sum(), sums.totals.sum(axis=0)[0, 0, 0]
    np.testing.assert_allclose(np.exp(stages.log_mean_squares_of(sums).all[0, 0, 0, :2]), total[:, 1] / n, rtol=1e-12)


def test_another_reference_is_below_the_ratios() -> None:
    made = replace(plan(*BOTH), below=Reference(("score_function",)))
    (sums,) = sample(made, 10.0, 1).subgrids
    logs, is_ratio = relative([sums], sums, made)
    assert is_ratio.tolist() == [[[True], [False]]]
    assert np.all(logs.all[:, 1] == 0)


def test_without_a_reference_they_stand_for_themselves() -> None:
    made = replace(plan("score_function"), below=Reference(("pathwise",)))
    (sums,) = sample(made, 10.0, 1).subgrids
    logs, is_ratio = relative([sums], sums, made)
    assert not is_ratio.any()
    np.testing.assert_array_equal(logs.all, stages.log_variances_of(sums).all)
