"""Curves: measured points with their intervals and exact values as lines, in log-log panels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bench.drawing import style
from bench.drawing.axes import label_outer, log_log
from bench.drawing.palette import look
from bench.drawing.panels import KEYS, Panel, grid
from bench.spec import Slice
from bench.tables import slices

ROW_HEIGHT = 1.25  # inches of a row of panels, beside text of 7 points
LEGEND_LINES, LINE_HEIGHT = 4, 0.15  # that a figure has space for; inches that another one adds


@dataclass(frozen=True, slots=True)
class Curves:
    """Column `y` against column `x`, a curve for each value of `by`, a row of panels for each combination of `rows`."""

    x: str
    y: str
    by: str
    rows: Sequence[str]
    column: str  # what the panels of a row differ in
    label: str  # of the y axis
    level: str = ""  # names a line at 1, where there shall be one
    x_name: str = ""  # one of `rows` that names the x axis, where that is not the column's own name
    orders: tuple[int, ...] = ()  # p of the dashed lines y ~ x^-p

    @property
    def exact(self) -> str:
        """The column of the exact values, where a table has them."""
        return f"exact_{self.y}"


def ratios(selection: Slice, x: str, rows: Sequence[str], column: str) -> Curves:
    """The variance ratio against `x`, with the line where no estimator wins."""
    level = f"1: {slices.reference(selection.frame)} better above"
    return Curves(x, "variance_ratio", "numerator", rows, column, "variance ratio", level)


def draw(selection: Slice, curves: Curves) -> Figure:
    """The figure of these curves of a slice."""
    keys = tuple(dict.fromkeys((*KEYS, *curves.rows)))
    figure, panels = grid(selection, curves.rows, curves.column, ROW_HEIGHT, curves.x_name, keys)
    for panel in panels:
        name = panel.frame[curves.x_name].iloc[0] if curves.x_name else curves.x
        along = selection.frame[selection.frame[curves.x_name] == name] if curves.x_name else selection.frame
        measured = along[along[curves.y].notna()]
        log_log(
            panel.axes, list((along if measured.empty else measured)[curves.x].unique()), _heights(panel.row, curves)
        )
        if curves.level:
            panel.axes.axhline(1, color=style.GREY, linestyle="--", linewidth=style.scaled_to_line(0.8), zorder=1)
        _draw_orders(panel, curves)
        _draw_panel(panel, curves)
        label_outer([panel.axes], name, curves.label)
    _legend(figure, selection.frame, curves)
    return figure


def _heights(row: pd.DataFrame, curves: Curves) -> list[float]:
    """All that the y axis of a row of panels must hold."""
    columns = [name for name in (curves.y, f"{curves.y}_low", f"{curves.y}_high", curves.exact) if name in row]
    return [*row[columns].to_numpy().ravel(), *([1.0] if curves.level else [])]


def _draw_orders(panel: Panel, curves: Curves) -> None:
    """Dashed lines of each order, from the highest of the first points."""
    x = np.unique(panel.frame[curves.x])
    top = panel.frame[curves.y][panel.frame[curves.x] == x[0]].max()
    for order in curves.orders:
        dash: dict[str, Any] = {"linestyle": "--", "linewidth": style.scaled_to_line(0.5)}
        panel.axes.plot(x, top * (x / x[0]) ** -order, color=style.GREY, zorder=1, scaley=False, **dash)


def _draw_panel(panel: Panel, curves: Curves) -> None:
    """Lines through the exact values (or thin ones through the points), the intervals, and the points."""
    frame, names = panel.frame, panel.frame[curves.by].unique()
    colours: dict[str, Any] = {"hue": curves.by, "palette": {name: look(name).colour for name in names}}
    common: dict[str, Any] = {"x": curves.x, "ax": panel.axes, "legend": False}
    has_exact = curves.exact in frame
    line = {"y": curves.exact if has_exact else curves.y, **colours, **common}
    if has_exact and frame[curves.x].nunique() == 1:  # one value makes no line to see
        sns.scatterplot(frame, marker="_", s=style.scaled_to_area(80), linewidth=style.scaled_to_line(1), **line)
    sns.lineplot(frame, estimator=None, linewidth=style.scaled_to_line(1.0 if has_exact else 0.5), **line)
    for name in names:
        _draw_intervals(panel.axes, frame[frame[curves.by] == name], curves, look(name).colour)
    markers = {name: look(name).marker for name in names}
    dots = {"y": curves.y, "style": curves.by, "markers": markers, "linewidth": 0, **common}
    size = style.scaled_to_area(style.SIZE)
    sns.scatterplot(frame, s=size, **dots, **colours)
    sns.scatterplot(frame[_unsettled(frame)], color="white", s=size / 4, **dots)


def _draw_intervals(axes: Axes, points: pd.DataFrame, curves: Curves, colour: str) -> None:
    """A bar for each point whose interval is finite."""
    low, high = points[f"{curves.y}_low"], points[f"{curves.y}_high"]
    finite = np.isfinite(low) & np.isfinite(high)
    width = style.scaled_to_line(0.8)
    axes.vlines(points[curves.x][finite], low[finite], high[finite], color=colour, linewidth=width)


def _unsettled(frame: pd.DataFrame) -> pd.Series:
    """Which rows were measured, but stopped before they converged or disagree with the oracle."""
    return frame["status"].fillna("ok") != "ok" if "status" in frame else pd.Series(False, index=frame.index)


def _legend(figure: Figure, frame: pd.DataFrame, curves: Curves) -> None:
    """One legend under all panels: the estimators, and the kinds of marks that there are."""
    dot: dict[str, Any] = {"markersize": style.scaled_to_line(3.5), "linewidth": 0}
    dash: dict[str, Any] = {"linestyle": "--", "linewidth": style.scaled_to_line(0.8)}
    hollow: dict[str, Any] = {"marker": "o", "markerfacecolor": "white", **dot}
    handles = [
        Line2D([], [], color=look(name).colour, marker=look(name).marker, label=name, **dot)
        for name in frame[curves.by].unique()
    ]
    if curves.exact in frame and frame[curves.exact].notna().any():
        handles.append(Line2D([], [], color=style.GREY, label="line: exact"))
    if (unsettled := _unsettled(frame)).any():
        statuses = ", ".join(frame["status"][unsettled].unique())
        handles.append(Line2D([], [], color=style.GREY, label=f"hollow: {statuses}", **hollow))
    dashed = curves.level or ", ".join(f"1/K^{order}".removesuffix("^1") for order in curves.orders)
    if dashed:
        handles.append(Line2D([], [], color=style.GREY, label=dashed, **dash))
    legend(figure, handles)


def legend(figure: Figure, handles: Sequence[Line2D], length: float | None = None) -> None:
    """One legend under all panels, in as many columns as fit; the figure grows where it needs more lines than usual."""
    longest = max(len(str(handle.get_label())) for handle in handles)
    deep = math.ceil(len(handles) / max(1, style.letters_that_fit(60) // max(30, longest + 1)))
    across = math.ceil(len(handles) / deep)
    figure.legend(handles=handles, loc="outside lower center", ncols=across, columnspacing=1.5, handlelength=length)
    figure.set_figheight(figure.get_figheight() + style.scaled_to_font(LINE_HEIGHT) * max(0, deep - LEGEND_LINES))
