"""Learning curves: lines are the medians of the table, bands its quantiles, and what diverged is marked."""

import numpy as np
import pandas as pd
import pytest

from bench.drawing import learning, style
from bench.drawing.learning import Along
from bench.drawing.palette import look
from bench.tables.curves import LEARNER
from tests.support import learned

STEPS, SECONDS = Along("step", "steps", log=False), Along("seconds", "time of one replicate")


@pytest.fixture(autouse=True)
def _project_style():
    with style.context():
        yield


def figure_of(along, **grid):
    selection = learning.select(learned.tables(**grid), along)
    assert selection is not None
    return learning.draw(selection, along)


def curves(figure):
    """The lines that have more than a point, of all panels."""
    return [
        line.get_xydata()
        for axes in figure.axes
        for line in axes.lines
        if line.get_linestyle() == "-" and len(line.get_xdata()) > 2
    ]


def test_lines_are_the_medians_against_steps():
    frame = learned.tables(samples=[1])["curves"]
    drawn = curves(figure_of(STEPS, samples=[1]))
    assert len(drawn) == 2
    for line, (_, rows) in zip(drawn, frame.groupby("estimator", sort=False), strict=True):
        np.testing.assert_allclose(line, rows[["step", "gap"]].to_numpy(float), rtol=1e-12)


def test_seconds_are_in_the_unit_of_the_label_and_leave_the_start_out():
    drawn = figure_of(SECONDS, samples=[1])
    assert {axes.get_xlabel() for axes in drawn.axes} == {"time of one replicate (µs)"}
    assert curves(drawn)[0][:, 0].tolist() == pytest.approx([step * learned.STEP_S * 1e6 for step in learned.STEPS[1:]])
    assert {axes.get_xscale() for axes in drawn.axes} == {axes.get_yscale() for axes in drawn.axes} == {"log"}


def test_bands_are_the_quantiles_unless_there_are_many():
    few, many = (figure_of(STEPS, samples=[1], estimators=list("abcdefg")[:count]) for count in (4, 5))
    assert [len(drawn.axes[0].collections) for drawn in (few, many)] == [4, 0]
    ends = few.axes[0].collections[0].get_paths()[0].vertices
    rows = learned.tables(samples=[1], estimators=["a"])["curves"]
    assert {*np.round(rows["gap_low"], 9)} <= {*np.round(ends[:, 1], 9)}
    assert {*np.round(rows["gap_high"], 9)} <= {*np.round(ends[:, 1], 9)}


def test_without_a_least_f_the_loss_is_drawn_on_a_linear_scale():
    drawn = figure_of(STEPS, least=False)
    assert {axes.get_ylabel() for axes in drawn.axes} == {"$F$", ""}
    assert {axes.get_yscale() for axes in drawn.axes} == {"linear"}


def test_what_overflows_at_the_start_is_left_out_and_counted():
    frames = learned.tables()
    curves = frames["curves"]
    lost = curves["estimator"] == "score_function"
    frames["curves"] = curves.assign(loss=curves["loss"].where(~lost, np.inf))
    selection = learning.select(frames, STEPS)
    assert set(selection.frame["estimator"]) == {"pathwise"}
    assert selection.hidden == lost.sum()
    frames["curves"] = curves.assign(loss=np.inf)
    assert learning.select(frames, STEPS) is None


def test_what_diverged_has_a_cross_and_does_not_stretch_the_axis():
    drawn = figure_of(STEPS, samples=[1], lost=["score_function"])
    assert drawn.axes[0].get_ylim()[1] < learning.HIGHEST * 100
    assert [line for line in drawn.axes[0].lines if line.get_marker() == "x"]
    assert "cross: half have diverged" in {text.get_text() for text in drawn.legends[0].get_texts()}


def test_the_legend_has_no_cross_that_no_panel_has():
    figure = figure_of(STEPS, samples=[1])
    assert "cross: half have diverged" not in {text.get_text() for text in figure.legends[0].get_texts()}


def treated(*entropies, **grid):
    """The tables with every learner once for each treatment; the gaps of the second are half of those of the first."""
    frames = learned.tables(samples=[1], **grid)
    curves = [
        frames["curves"].assign(entropy=name, gap=frames["curves"]["gap"] / factor)
        for name, factor in zip(entropies, (1, 2, 1), strict=False)
    ]
    return frames | {"curves": pd.concat(curves, ignore_index=True)}


def test_treatments_of_the_entropy_share_a_panel_and_equal_ones_a_curve():
    rates = {"learning_rate": [0.01, 0.02, 0.03, 0.04], "optimiser": ["sgd"]}
    tables = treated("closed_form", "sticking_the_landing", "monte_carlo", **rates)
    figure = learning.draw(learning.select(tables, STEPS), STEPS)
    assert len(figure.axes) == 4
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata()) > 2]
    assert len(lines) == 4
    assert {line.get_linestyle() for line in lines} == {"-", "--"}
    words = {text.get_text() for text in figure.legends[0].get_texts()}
    assert words == {"pathwise", "score function", "closed form", "Monte Carlo", "sticking the landing"}
    note = " ".join(figure.get_suptitle().split())
    assert "pathwise has one curve for closed form and Monte Carlo: they coincide" in note


def test_one_treatment_is_in_the_note_and_its_curves_are_whole():
    figure = learning.draw(learning.select(treated("closed_form"), STEPS), STEPS)
    assert {line.get_linestyle() for line in figure.axes[0].lines} == {"-"}
    assert "closed form" in " ".join(figure.get_suptitle().split())
    assert "closed form" not in {text.get_text() for text in figure.legends[0].get_texts()}


def test_what_was_not_timed_has_no_figure_against_seconds():
    assert learning.select(learned.tables(timed=False), SECONDS) is None
    assert learning.select(learned.tables(timed=False), STEPS) is not None


def with_floors(floors, **grid):
    frames = learned.tables(samples=[1], **grid)
    theory = frames["curves"].drop_duplicates([*LEARNER])[[*LEARNER]].assign(floor=floors)
    return frames | {"theory": theory}


@pytest.mark.parametrize(("floors", "drawn"), [((2.0, 3.0), 2), ((2.0, np.nan), 1), ((0.0, np.nan), 0)])
def test_floors_of_theory_are_dashed_in_the_colours_of_their_estimators(floors, drawn):
    figure = learning.draw(learning.select(with_floors(floors), Along("step", "steps", False, floors=True)), STEPS)
    dashed = [line for line in figure.axes[0].lines if line.get_linestyle() == "--"]
    assert [line.get_ydata()[0] for line in dashed] == [*floors[:drawn]]
    assert [line.get_color() for line in dashed] == [
        look(name).colour for name in ("pathwise", "score_function")[:drawn]
    ]
    entries = {text.get_text() for text in figure.legends[0].get_texts()}
    assert ("dashed: predicted floor" in entries) == (drawn > 0)


def test_what_diverged_has_no_floor_and_other_axes_have_none():
    tables = with_floors((2.0, 3.0), lost=["score_function"])
    figure = learning.draw(learning.select(tables, Along("step", "steps", False, floors=True)), STEPS)
    assert len([line for line in figure.axes[0].lines if line.get_linestyle() == "--"]) == 1
    assert "floor" not in learning.select(tables, SECONDS).frame


def test_an_autoencoder_has_curves_of_its_own():
    assert learning.select(learned.tables(objectives=["vae"]), STEPS) is None
