"""Panels end on both sides of a mark, wherever a rule looks at f."""

from dataclasses import replace

import numpy as np
import pytest

from bench.oracle.edges import edges, points_of_f
from tests.support.cases import EVERYTHING
from tests.support.costs import step
from tests.support.known import case

MU, SIGMA, PLACE = 0.2, 0.5, 0.7


def test_equal_steps_and_both_sides_of_a_mark() -> None:
    made = case(step(PLACE).objective("step"), "normal", (MU, SIGMA), "score_function")
    owner, edge = edges(made, 0, np.array([PLACE]), [0], np.zeros((1, 2)), 4)
    for number in (0, 1):
        mine = edge[owner == number]
        assert {-12.0, -6.0, 0.0, 6.0, 12.0} <= set(mine.tolist())
        beside = mine[abs(mine - (PLACE - MU) / SIGMA) < 1e-9]
        assert beside.size == 2
        assert (points_of_f(made, 0, beside[np.newaxis])[0] >= PLACE).tolist() == [False, True]


def test_draws_that_a_node_stands_for_have_edges_too() -> None:
    """y = mu - sigma z of the mirrored draw is at the mark on the other side."""
    made = case(step(PLACE).objective("step"), "normal", (MU, SIGMA), "score_function")
    mirrored = replace(made, sampler=EVERYTHING.get("sampler", "antithetic"))
    _, edge = edges(mirrored, 0, np.array([PLACE]), [0], np.zeros((1, 1)), 4)
    for side in (-1, 1):
        assert (abs(edge - side * (PLACE - MU) / SIGMA) < 1e-9).sum() == 2


def test_the_last_channel_has_edges_that_move_with_those_before() -> None:
    """x = mu + sigma m exp(-w^2 / 2) is at the mark where w = sqrt(2 log(m sigma / (mark - mu)))."""
    made = case(step(PLACE).objective("step"), "normal", (MU, SIGMA), "measure_valued")
    noise = np.zeros((3, 2))
    noise[2] = 2.0, 3.0
    owner, edge = edges(made, 0, np.array([PLACE]), [1], noise, 4)
    for number, m in enumerate(noise[2]):
        crossing = np.sqrt(2 * np.log(m * SIGMA / (PLACE - MU)))
        assert abs(edge[owner == number] - crossing).min() == pytest.approx(0, abs=1e-12)
