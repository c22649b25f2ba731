"""Panels integrate what breaks, alone and nested, and say when they end."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.kernels.normal import NORMAL
from bench.oracle import panels, routes
from bench.oracle.marks import marks
from bench.oracle.nodes import Nodes
from bench.oracle.search import SearchEnded, deadline
from tests.support.costs import COSTS, Cost
from tests.support.known import case


@pytest.mark.parametrize("order", [4, 8, 16])
def test_clenshaw_and_curtis_integrate_polynomials(order: int) -> None:
    points, weights = panels.clenshaw_curtis(order)
    for power in range(order + 1):
        assert weights @ points**power == pytest.approx((1 + (-1) ** power) / (power + 1), abs=1e-14)


def made(cost: Cost, estimator: str) -> Case:
    return case(cost.objective("cost"), "normal", (0.0, 1.0), estimator)


def grids(of: Case, several: list[np.ndarray] | None = None) -> list[Nodes]:
    several = marks(of) if several is None else several
    return list(panels.growing(of, routes.columns_of, several, deadline()))


def test_a_kink_is_found_without_a_mark() -> None:
    """E |z|^3 = 4 / sqrt(2 pi)."""
    for grid in grids(made(COSTS["absolute"], "score_function"), [np.empty(0)]):
        assert grid.weights[0] @ abs(grid.noise[0, 0]) ** 3 == pytest.approx(4 / np.sqrt(2 * np.pi), rel=1e-9)


def test_nested_channels() -> None:
    """E m^2 = 3 and E w = sqrt(pi / 2), of the channels of the weak derivatives."""
    grid = grids(made(COSTS["step"], "measure_valued"))[0]
    assert grid.weights.sum() == pytest.approx(1.0, abs=1e-13)
    assert grid.weights[0] @ grid.noise[2, 0] ** 2 == pytest.approx(3.0, rel=1e-8)
    assert grid.weights[0] @ grid.noise[1, 0] == pytest.approx(np.sqrt(np.pi / 2), rel=1e-8)


def test_they_end_with_the_nodes_that_may_be_spent() -> None:
    with pytest.raises(SearchEnded, match="nodes that may be spent"):
        grids(replace(made(COSTS["step"], "score_function"), budget=100), [np.empty(0)])


def test_they_need_a_density() -> None:
    of = made(COSTS["step"], "score_function")
    bare = replace(of, family=replace(of.family, channels=(replace(NORMAL, density=None),)))
    with pytest.raises(SearchEnded, match="the noise normal has no density for panels"):
        grids(bare, [np.empty(0)])
