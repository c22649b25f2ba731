"""Curves: measured points with their intervals, in log-log panels, and exact values as lines where any are known."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.drawing import choices, emphasis, keys, sides, style, words
from bench.drawing.axes import label_outer, log_log
from bench.drawing.description import Curves
from bench.drawing.keys import EXACT, JOINED, POINTS, THROUGH, WIDTHS, Drawn
from bench.drawing.palette import look
from bench.drawing.panels import KEYS, Panel, grid
from bench.spec import Floats, Slice
from bench.statistics.moments import quiet

ROW_HEIGHT = 1.25  # inches of a row of panels, beside text of 7 points
DASH = 3.0  # widths of a line: of curves that coincide, each has its turn
ALIKE = 0.04  # of the height of a panel: a mark, behind which another would be hidden


def draw(selection: Slice, curves: Curves) -> Figure:
    """The figure of these curves of a slice."""
    facets, column = choices.panels(selection.frame, curves.rows, curves.column)
    said = tuple(name for name in dict.fromkeys((*KEYS, *curves.rows)) if name != curves.x_name)
    figure, panels = grid(selection, facets, column, ROW_HEIGHT, curves.x_name, said)
    cell = [key for key in (*facets, column, curves.x) if key in selection.frame]
    coloured = emphasis.standing_out(selection.frame, curves.by, curves.y, cell)
    drawn = []
    for panel in panels:
        name = panel.frame[curves.x_name].iloc[0] if curves.x_name else curves.x
        along = selection.frame[selection.frame[curves.x_name] == name] if curves.x_name else selection.frame
        measured = along[along[curves.y].notna()]
        x = list((along if measured.empty else measured)[curves.x].unique())
        log_log(panel.axes, x, _heights(panel.row, curves))
        if curves.reference:
            sides.shade(panel.axes)
        _draw_orders(panel, curves)
        kinds = frozenset(_kind(rows, curves) for _, rows in panel.frame.groupby(curves.by, sort=False))
        drawn.append(Drawn(panel.axes, _draw_panel(panel, curves, coloured), kinds))
        label_outer([panel.axes], words.axis(name), curves.label)
    keys.explain(figure, drawn, selection.frame, curves, coloured)
    return figure


def _heights(row: pd.DataFrame, curves: Curves) -> list[float]:
    """All that the y axis of a row of panels must hold."""
    columns = [name for name in (curves.y, f"{curves.y}_low", f"{curves.y}_high", curves.exact) if name in row]
    heights = [*row[columns].to_numpy(float).ravel()]
    return [*heights, *(sides.limits(heights) if curves.reference else [])]


def _draw_orders(panel: Panel, curves: Curves) -> None:
    """Dashed lines of each order, from the highest of the first points."""
    x = np.unique(panel.frame[curves.x])
    top = panel.frame[curves.y][panel.frame[curves.x] == x[0]].max()
    for order in curves.orders:
        dash: dict[str, Any] = {"linestyle": "--", "linewidth": style.scaled_to_line(0.5)}
        panel.axes.plot(x, top * (x / x[0]) ** -order, color=style.GREY, zorder=1, scaley=False, **dash)


def _draw_panel(panel: Panel, curves: Curves, coloured: Sequence[str]) -> dict[str, Floats]:
    """The curves of a panel, grey ones first; gives the vertices of those in colour."""
    frames = {str(name): rows for name, rows in panel.frame.groupby(curves.by, sort=False)}
    lines = {name: _vertices(rows, curves) for name, rows in frames.items()}
    thin = style.scaled_to_line(0.6)
    for name in (name for name in frames if name not in coloured):
        marks: dict[str, Any] = {"marker": ".", "linestyle": ""} if _kind(frames[name], curves) == POINTS else {}
        panel.axes.plot(*lines[name].T, color=emphasis.FAINT, linewidth=thin, markersize=3 * thin, zorder=1.5, **marks)
    seen = {name: line for name, line in lines.items() if name in coloured}
    near = ALIKE * _decades(_heights(panel.row, curves))
    for name in seen:
        alike = [other for other in seen if _coincide(seen[other], seen[name], near)]
        _draw_curve(panel.axes, frames[name], curves, name, (alike.index(name), len(alike)))
    return seen


def _draw_curve(axes: Axes, rows: pd.DataFrame, curves: Curves, name: str, turn: tuple[int, int]) -> None:
    """The line of its kind, intervals, points; in its turn of those alike."""
    (colour, marker), (i, count) = look(name), turn
    line, kind = _vertices(rows, curves), _kind(rows, curves)
    if kind in (EXACT, JOINED) and len(line) == 1:  # one value makes no line to see
        axes.scatter(
            line[:, 0],
            line[:, 1],
            marker="_",
            s=style.scaled_to_area(80),
            linewidth=style.scaled_to_line(1),
            color=colour,
        )
    dashes: Any = "-" if count == 1 or i == 0 else (0, (DASH, DASH * count))
    if kind != POINTS:
        axes.plot(*line.T, color=colour, linestyle=dashes, linewidth=style.scaled_to_line(WIDTHS[kind]))
    _draw_intervals(axes, rows, curves, colour)
    size = style.scaled_to_area(style.SIZE) * (1 + 0.9 * (count - 1 - i))
    points = rows[rows[curves.y].notna()]
    axes.scatter(points[curves.x], points[curves.y], s=size, color=colour, marker=marker, linewidth=0, zorder=2.5)
    hollow = points[unsettled(points)]
    if len(hollow):
        axes.scatter(
            hollow[curves.x], hollow[curves.y], s=size / 4, color="white", marker=marker, linewidth=0, zorder=2.6
        )


def _kind(rows: pd.DataFrame, curves: Curves) -> str:
    """What the line of a curve is: exact between the points too, joined from exact values, none; or through points."""
    if curves.exact not in rows:
        return THROUGH
    exact = rows[curves.exact].notna()
    if not exact.any():
        return POINTS
    return EXACT if rows[curves.y][exact].isna().any() else JOINED


def _vertices(rows: pd.DataFrame, curves: Curves) -> Floats:
    """[m, 2] The points of the line of a curve, from left to right: exact values where there are any."""
    column = curves.exact if curves.exact in rows and rows[curves.exact].notna().any() else curves.y
    points = rows[[curves.x, column]].dropna().sort_values(curves.x, kind="stable")
    return np.asarray(points, dtype=np.float64)


def _decades(heights: Sequence[float]) -> float:
    """How many a logarithmic axis of these heights has."""
    positive = [height for height in heights if 0 < height < np.inf]
    return float(np.log10(max(positive) / min(positive))) if positive else 0.0


@quiet
def _coincide(line: Floats, other: Floats, near: float) -> bool:
    """Whether two curves lie nowhere farther from each other than so many decades."""
    if line.shape != other.shape or (line[:, 0] != other[:, 0]).any():
        return False
    y, below = line[:, 1], other[:, 1]
    return bool(((abs(np.log10(y / below)) <= near) | (y == below)).all())


def _draw_intervals(axes: Axes, points: pd.DataFrame, curves: Curves, colour: str) -> None:
    """A bar for each point whose interval is finite."""
    low, high = points[f"{curves.y}_low"], points[f"{curves.y}_high"]
    finite = np.isfinite(low) & np.isfinite(high)
    width = style.scaled_to_line(0.8)
    axes.vlines(points[curves.x][finite], low[finite], high[finite], color=colour, linewidth=width)


def unsettled(frame: pd.DataFrame) -> pd.Series:
    """Which rows were measured, but stopped before they converged or disagree with the oracle."""
    return frame["status"].fillna("ok") != "ok" if "status" in frame else pd.Series(False, index=frame.index)
