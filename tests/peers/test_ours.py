"""This suite's blocks: how many estimates they stand for, and that every worker has its own."""

import pytest

from bench.engine.noise import tiles_of
from bench.peers import ours
from bench.peers.problem import cell_plan, grid_plan
from bench.registry import Registry


@pytest.mark.parametrize("workers", [1, 2])
def test_a_cell_gives_as_many_estimates_as_its_draws(workers: int, known: Registry) -> None:
    plan = cell_plan("squared_error", "pathwise", 10, known)
    ready, estimates = ours.ready(plan, 10, 0, workers)
    (stream,) = plan.streams
    assert estimates == workers * ours.SEVERAL * tiles_of(stream) * stream.cut.tile / 10
    ready.draw()
    ready.compute(None)
    ready.both()


def test_in_a_grid_every_estimator_of_every_cell_has_its_share(known: Registry) -> None:
    plan = grid_plan("cosine", known)
    (stream,) = plan.streams
    _, estimates = ours.ready(plan, 100, 0, 1)
    assert estimates == 20 * 2 * ours.SEVERAL * tiles_of(stream) * stream.cut.tile / 100
