"""The figures of a fit: what they show is in the tables, and all their texts can be read."""

from functools import cache

import numpy as np
import pytest

from bench import registry
from bench.drawing import palette
from bench.figures import time_to_gap, trajectories
from tests.support import learned, synthetic
from tests.support.artists import drawn, require_readable
from tests.support.turns import in_turn

FIGURES = {
    name: plugin
    for name, plugin in registry.load(kinds=["figure"]).plugins["figure"].items()
    if plugin.kind == "fit" and not name.startswith("vae_")
}
LONG = "my_estimator_with_a_long_name(h=0.001)"
GRIDS = {
    "like the default": {},
    "several settings": {"optimiser": ["sgd", "adam"], "learning_rate": [0.01, 0.1]},
    "eight estimators": {"estimators": [*[*palette.KNOWN][:7], LONG]},
    "two objectives, one diverges": {"objectives": ["squared_error", "gaussian_kl"], "lost": ["score_function"]},
    "nothing is known": {"least": False, "samples": [1]},
    "no time": {"timed": False},
}
NEEDS_LEAST, NEEDS_TIME = {"time_to_gap"}, {"loss_seconds"}


@cache
def tables(grid):
    return learned.tables(**GRIDS[grid])


@pytest.mark.parametrize(("name", "grid"), in_turn(FIGURES, GRIDS, always=["eight estimators"]))
@pytest.mark.thinned(2)
def test_is_one_column_wide_and_all_its_texts_can_be_read(name, grid):
    lacks = (name in NEEDS_LEAST and grid == "nothing is known") or (name in NEEDS_TIME and grid == "no time")
    if lacks:
        assert FIGURES[name].select(tables(grid)) is None
        return
    figure = drawn(FIGURES[name], tables(grid))
    shown = require_readable(figure)
    assert not [
        text.get_text()
        for text in shown
        if "_" in text.get_text().replace(r"\log\,", "") and "h=" not in text.get_text()
    ]


def test_they_are_six_and_those_of_a_sweep_are_others():
    assert set(FIGURES) == {
        "loss_steps",
        "loss_seconds",
        "loss_evaluations",
        "time_to_gap",
        "trajectories",
        "variance_steps",
    }
    assert not set(FIGURES) & set(synthetic_figures())


def synthetic_figures():
    return [
        name for name, plugin in registry.load(kinds=["figure"]).plugins["figure"].items() if plugin.kind == "sweep"
    ]


def test_trajectories_are_the_paths_above_contours_that_hold_them():
    frames = tables("like the default")
    figure = drawn(trajectories.PLUGIN, frames)
    paths = frames["paths"][frames["paths"]["samples"] == 1]
    lines = [
        line.get_xydata() for line in figure.axes[0].lines if line.get_linestyle() == "-" and len(line.get_xdata()) > 1
    ]
    assert len(lines) == 2
    for line, (_, rows) in zip(lines, paths.groupby("estimator", sort=False), strict=True):
        points = {tuple(point) for point in np.round(rows[["mu", "sigma"]].to_numpy(float), 12)}
        assert {tuple(point) for point in np.round(line, 12)} <= points
        assert np.allclose(line[[0, -1]], rows[["mu", "sigma"]].to_numpy(float)[[0, -1]])
    grid = frames["contours"][frames["contours"]["place"] == "grid"]
    assert figure.axes[0].get_xlim() == (-0.3, 0.3)
    assert figure.axes[0].collections[0].get_array().max() < grid["gap"].max()
    least = [line.get_xydata().tolist() for line in figure.axes[0].lines if line.get_marker() == "+"]
    assert least == [[[0.0, 0.4]]]


def test_paths_of_an_objective_without_data_have_a_surface():
    frames = tables("like the default")
    bare = {name: frame.assign(dataset_size=np.nan, data="") for name, frame in frames.items()}
    assert drawn(trajectories.PLUGIN, bare).axes[0].collections


def test_without_contours_there_are_paths_alone():
    frames = {name: frame for name, frame in tables("like the default").items() if name != "contours"}
    assert not drawn(trajectories.PLUGIN, frames).axes[0].collections


def test_times_are_the_tables_and_a_ring_is_around_who_is_first():
    frames = tables("like the default")
    figure = drawn(time_to_gap.PLUGIN, frames)
    times = frames["times"][(frames["times"]["samples"] == 1) & np.isfinite(frames["times"]["seconds"])]
    solid = [
        line
        for line in figure.axes[0].lines
        if line.get_marker() in ("o", "s") and line.get_markerfacecolor() != "none"
    ]
    assert sorted(line.get_xdata()[0] for line in solid) == pytest.approx(sorted(1e6 * times["seconds"]))
    rings = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_markerfacecolor() == "none"]
    pathwise = times[(times["estimator"] == "pathwise") & (times["share"] > 0.001)]
    assert sorted(rings) == pytest.approx(sorted(1e6 * pathwise["seconds"]))
    arrows = [line for line in figure.axes[0].lines if line.get_marker() == ">"]
    assert len(arrows) == 6 - len(times)


def test_evaluations_stand_in_for_times_that_were_not_taken():
    figure = drawn(time_to_gap.PLUGIN, tables("no time"))
    assert {axes.get_xlabel() for axes in figure.axes} == {"evaluations of $f$"}


def test_tables_of_a_sweep_have_nothing_for_them_to_draw():
    assert "curves" not in synthetic.tables(sigma=[1.0], dataset_size=[1], samples=[1])


@pytest.mark.parametrize("name", FIGURES)
def test_empty_tables_give_no_figure(name):
    assert FIGURES[name].select({key: frame.iloc[:0] for key, frame in tables("like the default").items()}) is None
