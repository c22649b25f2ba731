"""Problems are cells of the engine, and the default grid is the default sweep's."""

import numpy as np
import pytest

from bench.config.compose import compose
from bench.peers.problem import GRID, cell_plan, grid_plan, problem, truth
from bench.registry import Registry


def test_the_grid_is_that_of_the_default_sweep(known: Registry) -> None:
    default = compose("sweep", [])
    assert {axis: list(values) for axis, values in GRID.items()} == {axis: default[axis] for axis in GRID}
    assert len(grid_plan("squared_error", known).cells) == 5 * 4 * 4
    assert len(grid_plan("cosine", known).cells) == 5 * 4, "it reads no data"


def test_noise_has_an_axis_of_components_where_there_are_several(known: Registry) -> None:
    single, several = (
        problem(cell_plan(objective, "pathwise", 4, known), known) for objective in ("cosine", "logistic_regression")
    )
    assert single.shape(3) == (3, 4)
    assert several.shape(3) == (3, 4, 31)
    assert (single.entropy_by_sigma, several.entropy_by_sigma) == (0.0, -1 / several.sigma)
    assert several.design.shape == (569, 31)


@pytest.mark.parametrize("samples", [1, 10])
def test_the_truth_of_a_pathwise_sum_of_squares_is_its_closed_form(samples: int, known: Registry) -> None:
    """g = 2n (y - xbar), 2n (y - xbar) eps: variances 4 n^2 sigma^2 / K and 4 n^2 ((mu - xbar)^2 + 2 sigma^2) / K."""
    plan = cell_plan("squared_error", "pathwise", samples, known)
    n, xbar, _ = problem(plan, known).summary
    exact = truth(plan)
    np.testing.assert_allclose(exact.gradient, [2 * n * (1 - xbar), 2 * n])
    np.testing.assert_allclose(exact.variance * samples, [4 * n**2, 4 * n**2 * ((1 - xbar) ** 2 + 2)])
