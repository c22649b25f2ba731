"""What is seen of f on equal steps: a jump to the last bit, a kink and a peak within steps, else nothing."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.oracle.marks import marks
from bench.oracle.search import SearchEnded
from tests.support.costs import COSTS, Cost, hill, step
from tests.support.known import case


def made(cost: Cost, sigma: float = 1.0) -> Case:
    return case(cost.objective("cost"), "normal", (0.0, sigma), "score_function")


@pytest.mark.parametrize("name", ["square", "wide_hill", "tanh", "poles", "cosine"])
def test_a_smooth_function_has_none(name: str) -> None:
    assert marks(made(COSTS[name]))[0].size == 0


@pytest.mark.parametrize("place", [0.5, 1 / 3, -7.7, 1e-12])
def test_a_jump_is_found_to_the_last_bit(place: float) -> None:
    assert abs(marks(made(step(place)))[0] - place).min() <= np.spacing(abs(place)) + 1e-20


@pytest.mark.parametrize(("cost", "place"), [(COSTS["absolute"], 0.0), (COSTS["hinge"], 0.3), (hill(1e8, 0.12), 0.12)])
def test_a_kink_and_a_peak_lie_between_two(cost: Cost, place: float) -> None:
    (found,) = marks(made(cost))
    assert found[0] <= place <= found[-1]
    assert np.ptp(found) < 0.05


def test_declared_breaks_are_among_them() -> None:
    plain = made(COSTS["square"])
    declared = replace(plain, objective=replace(plain.objective, breaks=(2.0, -1.0)))
    assert marks(declared)[0].tolist() == [-1.0, 2.0]


def test_too_many_end_the_search() -> None:
    comb = Cost(lambda y: np.floor(50 * y) % 2, np.zeros_like)
    with pytest.raises(SearchEnded, match="more than 64 places"):
        marks(made(comb))


def test_what_costs_more_than_may_be_spent_is_not_looked_at() -> None:
    assert marks(replace(made(step(0.5)), budget=1000))[0].size == 0
