"""The contours hold the paths, are the closed form of F, and are not stretched by what flew away."""

from dataclasses import replace

import numpy as np
import pytest

from bench.descent import contours, curves
from bench.tables.contours import CONTOURS, GRID, LEAST
from tests.support.learners import Walked, walked


@pytest.fixture(scope="module")
def walk() -> Walked:
    return walked("steps=60", "checkpoints=6", "samples=[2,10]", "rounds=0")


def places(rows: list[dict[str, object]]) -> np.ndarray:
    """[rows, 2] theta."""
    return np.array([[float(pair.split("=")[1]) for pair in str(row["theta"]).split(",")] for row in rows])


def test_heights_are_exact_and_the_least_is_there(walk: Walked) -> None:
    rows = list(contours.rows(walk.several, walk.plan))
    assert all(row.keys() == {*CONTOURS.keys, *CONTOURS.measured} for row in rows)
    assert len({CONTOURS.key(row) for row in rows}) == len(rows) == contours.POINTS**2 + 1
    (x,) = walk.plan.data.values()
    mu, sigma = places(rows).T
    closed = len(x) * ((mu - x.mean()) ** 2 + sigma**2 + x.var())
    np.testing.assert_allclose([row["loss"] for row in rows], closed, rtol=1e-12)
    (least,) = [row for row in rows if row["place"] == LEAST]
    assert least["gap"] == 0.0
    assert all(row["gap"] >= 0 for row in rows)


def test_the_grid_holds_the_paths_and_stays_inside_of_the_domain(walk: Walked) -> None:
    grid = places([row for row in contours.rows(walk.several, walk.plan) if row["place"] == GRID])
    made = [curves.rows(learned, walk.plan, walk.recorded).paths for learned in walk.several]
    paths = np.array([[row["mu"], row["sigma"]] for rows in made for row in rows])
    assert np.all(paths.min(axis=0) > grid.min(axis=0))
    assert np.all(paths.max(axis=0) < grid.max(axis=0))
    assert grid[:, 1].min() > 0


def test_what_flew_away_does_not_stretch_the_grid(walk: Walked) -> None:
    first = walk.several[0]
    theta, value = first.path.theta.copy(), first.heights.value.reshape(first.path.theta.shape[:2]).copy()
    theta[3], value[3] = 1e6, 1e14
    away = replace(first, path=replace(first.path, theta=theta), heights=replace(first.heights, value=value.ravel()))
    there = list(contours.rows([away, *walk.several[1:]], walk.plan))
    assert abs(places(there)).max() < 10


@pytest.mark.slow
def test_there_are_none_where_f_is_not_exact_or_parameters_are_not_two(walk: Walked) -> None:
    vague = [replace(one, heights=replace(one.heights, reason="no rule settles")) for one in walk.several]
    assert list(contours.rows(vague, walk.plan)) == []
    short = "steps=4", "checkpoints=1", "samples=[2]", "rounds=0", "estimator=[score_function]", "dataset_size=[2]"
    untied = walked("components=[untied]", "latent=[per_datum]", *short)
    discrete = walked("family=[bernoulli]", *short)
    assert (
        list(contours.rows(untied.several, untied.plan)) == list(contours.rows(discrete.several, discrete.plan)) == []
    )
