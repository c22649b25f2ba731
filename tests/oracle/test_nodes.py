"""Nodes: they integrate against the law of the noise, between breaks, apart or together, and stop where too many."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.apply import transported
from bench.engine.case import Case, case_of
from bench.kernels.normal import NORMAL
from bench.laws.cases import DATA
from bench.oracle import nodes
from bench.oracle.nodes import Nodes, growing
from bench.spec import Cell
from tests.support.cases import MU, SIGMA
from tests.support.rules import RULES
from tests.support.streams import CELL, PER_DATUM, at_sigma, stream_of


def case(cell: Cell, estimator: str = "pathwise") -> Case:
    stream = stream_of([cell], [estimator], RULES)
    (subgrid,) = stream.subgrids
    return case_of(stream, subgrid, subgrid.members[0], cell, DATA)


def first(made: Case, together: bool = False, fallback: bool = False) -> Nodes:
    return next(growing(made, together, fallback))


def test_one_component() -> None:
    grid = first(case(CELL))
    assert grid.noise.shape == (1, 1, nodes.LEAST)
    assert grid.weights[0] @ grid.noise[0, 0] ** 4 == pytest.approx(3.0, rel=1e-12)


def test_components_apart_have_their_own_weights() -> None:
    grid = first(case(PER_DATUM))
    assert grid.noise.shape == (1, 3, nodes.LEAST)
    moments = np.einsum("jm,jm->j", grid.noise[0] ** 4, grid.weights)
    np.testing.assert_allclose(moments, 3.0, rtol=1e-12)


def test_components_together_are_a_product() -> None:
    grid = first(case(PER_DATUM), together=True)
    assert grid.noise.shape == (1, 3, nodes.LEAST_TOGETHER**3)
    x, y, z = grid.noise[0]
    assert grid.weights[0] @ (x**2 * y**4 * z**2) == pytest.approx(3.0, rel=1e-12)
    assert abs(grid.weights[0] @ (x * y)) < 1e-14


def test_channels_of_a_component_are_a_product_too() -> None:
    """A normal and a uniform, between the breaks that the rule names: a coin of probability 0.1 is exact."""
    grid = first(case(PER_DATUM, "minibatch"))
    normal, uniform = grid.noise
    kept = np.einsum("jm,jm->j", normal**2 * (uniform < 0.1), grid.weights)
    np.testing.assert_allclose(kept, 0.1, rtol=1e-12)


def test_a_node_stands_for_all_draws_that_depend_on_each_other() -> None:
    grid = first(case(replace(PER_DATUM, sampler="antithetic", samples=2)))
    assert grid.coupled == 2
    assert grid.noise.shape == (1, 3, 2 * nodes.LEAST)
    np.testing.assert_array_equal(grid.noise[..., : nodes.LEAST], -grid.noise[..., nodes.LEAST :])


def test_where_all_draws_of_an_estimate_depend_each_alone_has_the_law_of_its_channel() -> None:
    assert first(case(replace(PER_DATUM, sampler="latin_hypercube", samples=7))).coupled == 1


@pytest.mark.parametrize(("together", "most"), [(False, nodes.MOST), (True, int(nodes.MOST_TOGETHER ** (1 / 3)))])
def test_they_grow_by_half_until_they_are_too_many(together: bool, most: int) -> None:
    grids = list(growing(case(PER_DATUM), together, False))
    counts = [round(grid.noise.shape[2] ** (1 / 3 if together else 1)) for grid in grids]
    assert counts == sorted(set(counts))
    assert counts[-1] <= most < counts[-1] * 3 // 2


def test_pairs_are_formed_of_fewer() -> None:
    loo = case(replace(PER_DATUM, samples=2), "score_function_loo")
    assert max(grid.weights.size for grid in growing(loo, True, False, pairs=True)) <= nodes.MOST_IN_PAIRS


def test_a_fallback_is_asked_for_where_a_channel_has_one() -> None:
    made = case(CELL)
    plain = replace(NORMAL, fallback=None)
    assert not list(growing(replace(made, family=replace(made.family, channels=(plain,))), False, True))

    def trapezoid(count: int, breaks: tuple[float, ...] = ()) -> tuple[np.ndarray, np.ndarray]:
        points = np.linspace(-9, 9, count)
        weights = np.exp(-(points**2) / 2)
        return points, weights / weights.sum()

    other = replace(NORMAL, fallback=trapezoid)
    grid = first(replace(made, family=replace(made.family, channels=(other,))), fallback=True)
    assert grid.noise[0, 0, 0] == -9.0


def broken(points: tuple[float, ...]) -> tuple[Case, list[tuple[float, ...]]]:
    """A case of an objective that jumps at points, and the breaks that its channel's rule was asked for."""
    asked: list[tuple[float, ...]] = []

    def rule(count: int, breaks: tuple[float, ...] = ()) -> tuple[np.ndarray, np.ndarray]:
        asked.append(breaks)
        return NORMAL.rule(count)

    made = case(at_sigma(CELL, SIGMA))
    family = replace(made.family, channels=(replace(NORMAL, rule=rule),))
    return replace(made, objective=replace(made.objective, breaks=points), family=family), asked


def test_a_break_of_f_is_found_in_the_noise() -> None:
    """y = mu + sigma z jumps at 0.5: z = (0.5 - mu) / sigma."""
    made, asked = broken((0.5, -1.0, 100.0))  # of which the last is out of reach
    first(made)
    np.testing.assert_allclose(asked[0], [(-1.0 - MU) / SIGMA, (0.5 - MU) / SIGMA], atol=1e-14)
    y = transported(made, np.array(asked[0]).reshape(1, 1, -1))
    np.testing.assert_allclose(y, [[-1.0, 0.5]], atol=1e-14)


def test_a_discrete_family_has_two_nodes_in_each_piece() -> None:
    """y is constant there: it has no path."""
    asked: list[tuple[int, tuple[float, ...]]] = []

    def rule(count: int, breaks: tuple[float, ...] = ()) -> tuple[np.ndarray, np.ndarray]:
        asked.append((count, breaks))
        return np.zeros(1), np.ones(1)

    made = case(CELL, "score_function")
    family = replace(made.family, path=None, channels=(replace(NORMAL, rule=rule),), breaks=lambda theta: (0.4,))
    first(replace(made, family=family))
    assert asked == [(nodes.LEAST_OF_STEPS, (0.4,))]


def test_a_component_with_more_pieces_has_more_nodes_and_the_others_weights_of_0() -> None:
    def rule(count: int, breaks: tuple[float, ...] = ()) -> tuple[np.ndarray, np.ndarray]:
        points, weights = np.polynomial.legendre.leggauss(count * (len(breaks) + 1))
        return points, weights / 2

    cell = replace(PER_DATUM, components="untied", theta=((0.3, 0.3, 50.0), SIGMA))
    made = case(cell)
    family = replace(made.family, channels=(replace(NORMAL, rule=rule),))
    grid = first(replace(made, objective=replace(made.objective, breaks=(0.5,)), family=family))
    np.testing.assert_allclose(grid.weights.sum(axis=1), 1.0, rtol=1e-13)
    assert [int((weights > 0).sum()) for weights in grid.weights] == [2 * nodes.LEAST, 2 * nodes.LEAST, nodes.LEAST]


@pytest.mark.parametrize("together", [False, True])
def test_nodes_end_with_the_budget(together: bool) -> None:
    """For f may be expensive."""
    made = replace(case(PER_DATUM), budget=1000)
    assert max((grid.noise.size for grid in growing(made, together, False)), default=0) <= 1000
    assert max(grid.noise.size for grid in growing(case(PER_DATUM), together, False)) > 1000
