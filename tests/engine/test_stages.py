"""Stages: when sampling stops, and what the variances are compared with."""

from dataclasses import replace

import numpy as np

from bench.engine import stages
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.engine.stages import Sampled, relative, worst_half_width
from bench.plan.cells import Plan
from bench.plan.tiling import GROUPS, TILE
from tests.support.streams import CELL, stream_of

BOTH = ("pathwise", "score_function")


def sample(estimators: tuple[str, ...], precision: float, budget: int) -> Sampled:
    """What a stream of one small cell gives, in blocks of a tile."""
    stream = replace(stream_of([replace(CELL, sigma=1.0)], estimators), block=TILE)
    plan = Plan((), (), {}, (stream,), {3: np.array([0.5, -1.0, 2.0])}, "test")
    with Journal(None) as journal:
        return stages.run(stream, plan, precision, budget, Context(0, map, journal, "", lambda *state: None))


def test_one_lap_is_the_least() -> None:
    sampled = sample(BOTH, precision=10.0, budget=1)
    assert sampled.laps == 1
    assert sampled.subgrids[0].replicates.tolist() == [[TILE]] * GROUPS


def test_sampling_goes_on_until_the_worst_ratio_is_precise() -> None:
    loose, tight = (sample(BOTH, precision, 10**9) for precision in (0.1, 0.02))
    assert loose.laps < tight.laps
    assert tight.reached <= 0.02
    assert tight.reached == worst_half_width(tight.subgrids)


def test_the_budget_ends_it_at_whole_laps() -> None:
    sampled = sample(BOTH, precision=1e-6, budget=5 * GROUPS * TILE + 7)
    assert sampled.laps == 5
    assert sampled.reached > 1e-6


def test_variances_are_compared_with_the_pathwise_one() -> None:
    (subgrid,) = sample(BOTH, 10.0, 1).subgrids
    logs, paired = relative([subgrid], subgrid)
    assert paired
    assert np.all(logs.all[:, 0] == 0)
    variances = stages.log_variances_of(subgrid).all
    np.testing.assert_array_equal(logs.all[:, 1], variances[:, 1] - variances[:, 0])


def test_without_a_pathwise_one_they_stand_for_themselves() -> None:
    (subgrid,) = sample(("score_function",), 10.0, 1).subgrids
    logs, paired = relative([subgrid], subgrid)
    assert not paired
    np.testing.assert_array_equal(logs.all, stages.log_variances_of(subgrid).all)
