"""Curves: their legend, their level, and the space that they leave for both."""

from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.figure import Figure

from bench.drawing import curves, style
from bench.drawing.curves import Curves
from bench.drawing.palette import look
from bench.spec import Slice
from tests.support.artists import hollows

PLAIN = Curves("sigma", "variance", "estimator", rows=["latent"], column="parameter", label="variance")
LEVEL = replace(PLAIN, level="1: equal")


@pytest.fixture(autouse=True)
def _project_style():
    with style.context():
        yield


def frame(estimators: list[str], status: str = "ok", exact: float | None = None) -> pd.DataFrame:
    rows = [
        {"estimator": name, "sigma": sigma, "variance": 2.0, "variance_low": 1.0, "variance_high": 4.0}
        for name in estimators
        for sigma in (0.1, 1.0)
    ]
    rows_of_a_panel = pd.DataFrame(rows).assign(latent="shared", parameter="mu", status=status)
    return rows_of_a_panel if exact is None else rows_of_a_panel.assign(exact_variance=exact)


def legend(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]


def test_the_legend_names_the_estimators_and_only_the_marks_that_there_are() -> None:
    assert legend(curves.draw(Slice(frame(["mine", "pathwise"])), PLAIN)) == ["mine", "pathwise"]
    full = curves.draw(Slice(frame(["pathwise"], "budget", exact=2.0)), LEVEL)
    assert legend(full) == ["pathwise", "line: exact", "hollow: budget", "1: equal"]
    mixed = frame(["pathwise"]).assign(status=["disagrees", "unconverged"])
    assert legend(curves.draw(Slice(mixed), PLAIN)) == ["pathwise", "hollow: disagrees, unconverged"]


def test_handles_have_the_looks_of_their_estimators() -> None:
    figure = curves.draw(Slice(frame(["mine", "pathwise"])), PLAIN)
    handles = {handle.get_label(): handle for handle in figure.legends[0].legend_handles}
    for name in ("mine", "pathwise"):
        assert (handles[name].get_color(), handles[name].get_marker()) == look(name)


def test_the_level_is_a_line_at_1_inside_the_view() -> None:
    for description, lines in ((PLAIN, []), (LEVEL, [1.0, 1.0])):
        rows = frame(["pathwise"]).assign(variance=50.0, variance_low=40.0, variance_high=60.0)
        axes = curves.draw(Slice(rows), description).axes[0]
        assert [y for line in axes.lines if line.get_linestyle() == "--" for y in line.get_ydata()] == lines
        assert (axes.get_ylim()[0] < 1) == bool(lines)


def test_rows_that_did_not_converge_are_hollow() -> None:
    assert hollows(curves.draw(Slice(frame(["pathwise"])), PLAIN)) == []
    assert len(hollows(curves.draw(Slice(frame(["pathwise"], "budget")), PLAIN))) == 2


def test_a_long_legend_makes_the_figure_taller_and_not_its_panels_smaller() -> None:
    heights = []
    for lines in (4, 15):
        names = [f"an_estimator_with_a_name_as_long_as_{line}" for line in range(10, 10 + lines)]
        figure = curves.draw(Slice(frame(names)), PLAIN)
        figure.draw_without_rendering()
        heights.append(figure.axes[0].get_window_extent().height)
    assert heights[1] > 0.95 * heights[0]
