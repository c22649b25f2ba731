"""When learners come near the least F: the first checkpoint within a share of the gap, by hand, and what never is."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.descent import times
from bench.descent.curves import Learned
from bench.plan.cells import Plan
from bench.spec import Floats
from bench.statistics.medians import median
from bench.tables.times import SHARES, TIMES
from tests.support.learners import Walked, walked

RECORDED = (0, 10, 20, 30)


@pytest.fixture(scope="module")
def walk() -> Walked:
    return walked("steps=30", "checkpoints=3", "samples=[10]", "estimator=[pathwise]", "rounds=0")


def at_gaps(learned: Learned, gaps: Floats) -> Learned:
    """The learner as if it had these gaps[recorded, r]; inf is a replicate that was given up."""
    assert learned.optimum
    lost = np.isinf(gaps)
    theta = np.where(lost[..., np.newaxis, np.newaxis], np.nan, np.ones((*gaps.shape, 1, 2)))
    left = np.where(lost.any(axis=0), 15.0, -1.0)
    value = np.where(lost, np.nan, gaps + learned.optimum.value).ravel()
    return replace(
        learned,
        path=replace(learned.path, theta=theta, left=left),
        heights=replace(learned.heights, value=value),
        step_s=2.0,
    )


GAPS = np.array([[100.0, 100, 100, 100], [9.0, 50, 100, 10], [0.5, 5, np.inf, 20], [20, 0.05, np.inf, 1]])


def made(learned: Learned, plan: Plan) -> dict[float, dict[str, Any]]:
    return {row["share"]: row for row in times.rows(learned, plan, RECORDED)}


def test_the_first_checkpoint_that_is_near_counts(walk: Walked) -> None:
    (learned,) = walk.several
    reached = times.arrivals(at_gaps(learned, GAPS), RECORDED)
    assert not isinstance(reached, str)
    assert {share: steps.tolist() for share, steps in reached.items()} == {
        0.1: [10, 20, np.inf, 10],
        0.01: [20, 30, np.inf, 30],
        0.001: [np.inf, 30, np.inf, np.inf],
    }


def test_a_row_has_medians_in_steps_evaluations_and_seconds(walk: Walked) -> None:
    (learned,) = walk.several
    rows = made(at_gaps(learned, GAPS), walk.plan)
    assert [*rows] == [*SHARES]
    assert all(row.keys() == {*TIMES.keys, *TIMES.measured} for row in rows.values())
    near = rows[0.01]
    assert (near["steps"], near["steps_low"], near["steps_high"]) == median(np.array([20, 30, np.inf, 30]))
    assert (near["evaluations"], near["seconds"]) == (10 * near["steps"], 2.0 * near["steps"])
    assert [row["reached"] for row in rows.values()] == [3, 3, 1]
    assert rows[0.001]["steps"] == np.inf
    assert rows[0.001]["status"] == "reached by 1 of 4"


def test_the_interval_in_seconds_holds_what_is_not_known_of_a_steps_time(walk: Walked) -> None:
    (learned,) = walk.several
    near = made(replace(at_gaps(learned, GAPS[:, [0, 0, 1, 0]]), step_ends=(1.5, 3.0)), walk.plan)[0.01]
    assert (near["seconds"], near["seconds_low"], near["seconds_high"]) == (
        pytest.approx(2.0 * near["steps"]),
        pytest.approx(1.5 * near["steps_low"]),
        pytest.approx(3.0 * near["steps_high"]),
    )
    assert near["evaluations_high"] == 10 * near["steps_high"]


def test_without_rounds_there_are_no_seconds(walk: Walked) -> None:
    (learned,) = walk.several
    assert [row["seconds"] for row in made(learned, walk.plan).values()] == [None] * 3
    assert all(row["steps"] is not None for row in made(learned, walk.plan).values())


def test_what_cannot_be_timed_says_why(walk: Walked) -> None:
    (learned,) = walk.several
    for other, reason in (
        (replace(learned, optimum=None), times.NO_GAP),
        (at_gaps(learned, np.zeros_like(GAPS)), times.NO_START),
    ):
        rows = made(other, walk.plan).values()
        assert {row["status"] for row in rows} == {reason}
        assert {row["steps"] for row in rows} == {row["reached"] for row in rows} == {None}
