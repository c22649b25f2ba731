"""Curves: their legend, their level, and the space that they leave for both."""

from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.collections import PathCollection

from bench.drawing import curves, emphasis, style
from bench.drawing.description import Curves
from bench.spec import Slice
from tests.support.artists import hollows

PLAIN = Curves("sigma", "variance", "estimator", rows=["latent"], column="parameter", label="variance")
RATIO = replace(PLAIN, reference="pathwise")


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


def test_the_line_at_1_is_inside_the_view_of_a_ratio() -> None:
    for description, lines in ((PLAIN, []), (RATIO, [1.0, 1.0])):
        rows = frame(["mine"]).assign(variance=50.0, variance_low=40.0, variance_high=60.0)
        axes = curves.draw(Slice(rows), description).axes[0]
        level = [line for line in axes.lines if line.get_transform() != axes.transData]
        assert [y for line in level for y in line.get_ydata()] == lines
        assert (axes.get_ylim()[0] < 1) == bool(lines)


def test_curves_that_coincide_take_turns() -> None:
    """The first is drawn through, with the largest markers; the next are dashed over it, with smaller ones."""
    axes = curves.draw(Slice(frame(["a", "b", "c"], exact=2.0)), PLAIN).axes[0]
    styles = [line.get_linestyle() for line in axes.lines]
    sizes = [float(c.get_sizes()[0]) for c in axes.collections if isinstance(c, PathCollection)]
    assert styles == ["-", "--", "--"]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


@pytest.mark.parametrize(("factor", "sizes"), [(1.1, 2), (1.5, 1)])
def test_curves_so_near_that_a_mark_would_hide_another_take_turns_too(factor: float, sizes: int) -> None:
    """In two decades a mark is as high as a fifth of a value."""
    rows = pd.concat([frame(["a"]), frame(["b"]).assign(variance=2.0 * factor)]).reset_index(drop=True)
    rows["variance_low"], rows["variance_high"] = 0.2, 20.0
    axes = curves.draw(Slice(rows), PLAIN).axes[0]
    assert len({float(c.get_sizes()[0]) for c in axes.collections if isinstance(c, PathCollection)}) == sizes


def test_of_many_curves_most_are_thin_and_grey_without_points() -> None:
    rows = pd.concat([frame([f"mine_{i}"]).assign(variance=2.0 + i, variance_high=9.0 + i) for i in range(12)])
    axes = curves.draw(Slice(rows.reset_index(drop=True)), PLAIN).axes[0]
    assert len([line for line in axes.lines if line.get_color() == emphasis.FAINT]) == 10
    assert len([c for c in axes.collections if isinstance(c, PathCollection)]) == 2


def test_a_line_is_exact_or_joins_exact_values_or_is_none() -> None:
    """Full where exact values lie between the points, thin where they do not, and none where none is known."""
    known = frame(["mine"], exact=2.0)
    new = known.head(1).assign(sigma=0.5, variance=float("nan"), variance_low=float("nan"), variance_high=float("nan"))
    unknown = known.assign(exact_variance=float("nan"))
    for rows, width, label in (
        (pd.concat([known, new]), 1.0, "line: exact"),
        (known, 0.5, "thin line: joins exact values"),
        (unknown, None, None),
    ):
        figure = curves.draw(Slice(rows.reset_index(drop=True)), PLAIN)
        assert [line.get_linewidth() for line in figure.axes[0].lines] == ([] if width is None else [width])
        labels = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
        assert [text for text in labels if "line" in text] == ([label] if label else [])


def test_rows_that_did_not_converge_are_hollow() -> None:
    assert hollows(curves.draw(Slice(frame(["pathwise"])), PLAIN)) == []
    assert len(hollows(curves.draw(Slice(frame(["pathwise"], "budget")), PLAIN))) == 2
