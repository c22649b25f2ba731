"""Panels: a figure's grid of axes, one for each facet of a slice, and the curves inside."""

import itertools
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bench.drawing import palette, style
from bench.drawing.axes import log_limits, log_ticks
from bench.drawing.palette import Look
from bench.tables import slices

PAGE = 8.0  # inches that the rows of panels may fill
LEFT_TO_RIGHT = ("mu", "sigma2", "shared", "per_datum", "direct", "collapsed")  # from left to right
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Panel:
    """Axes with the rows to draw on them; `row` has those of the neighbours too, which share the y axis."""

    axes: Axes
    frame: pd.DataFrame
    row: pd.DataFrame


def grid(shown: slices.Slice, rows: Sequence[str], column: str, height: float) -> tuple[Figure, list[Panel]]:
    """A figure with a row of panels for each combination of `rows`, and each panel that has data with its data.

    `height` is that of a row, in inches beside text of 7 points. Where the figure is wide enough, rows stand side by
    side.
    """
    frame = shown.frame
    keys = list(dict.fromkeys(frame[list(rows)].itertuples(index=False, name=None)))
    parts = dict(list(frame.groupby([*rows, column], sort=False)))
    height = style.scaled_to_font(height)
    beside = min(len(keys), max(1, int(style.figure_width() // style.scaled_to_font(style.LEAST * style.FONT_SIZE))))
    drawn = keys[: beside * max(1, int(max(PAGE, style.figure_width()) // height))]
    deep = math.ceil(len(drawn) / beside)
    columns = [name for name in LEFT_TO_RIGHT if name in set(frame[column])]
    note = slices.constants(frame, (*slices.FACETS, "data", "numerator", "evaluation"), shown.chosen)
    note += f", the first {len(drawn)} of {len(keys)} rows of panels" if len(keys) > len(drawn) else ""
    note += f", {shown.hidden} rows that are zero or infinite not shown" if shown.hidden else ""
    note = textwrap.fill(note.replace(" ", NBSP).replace("," + NBSP, ", "), style.letters_that_fit(66))
    tall = style.scaled_to_font(0.7) + height * deep + style.scaled_to_font(0.1) * note.count("\n")
    figure = Figure(figsize=(style.figure_width(), tall), layout="constrained")
    figure.suptitle(note, color=style.GREY)
    axes = figure.subplots(deep, beside * len(columns), sharex=True, squeeze=False).reshape(-1, len(columns))
    titles = _titles(frame, rows, drawn, columns, style.letters_that_fit(56) // beside)
    panels = []
    for unused in axes[len(drawn) :].ravel():
        unused.remove()
    for (i, key), (j, name) in itertools.product(enumerate(drawn), enumerate(columns)):
        axes[i, j].set_title(titles[i][j])
        if j > 0:
            axes[i, j].sharey(axes[i, 0])
        if (*key, name) in parts:
            row = pd.concat([parts[*key, other] for other in columns if (*key, other) in parts])
            first = all((*key, other) not in parts for other in columns[:j])
            last = all((*other, name) not in parts for other in drawn[i + beside :: beside])
            axes[i, j].tick_params(labelleft=first, labelbottom=last)
            panels.append(Panel(axes[i, j], parts[*key, name], row))
        else:
            axes[i, j].set_axis_off()
            axes[i, j].text(0.5, 0.5, "not measured", color=style.GREY, ha="center", transform=axes[i, j].transAxes)
    return figure, panels


def label_outer(panels: Sequence[Panel], x: str, y: str) -> None:
    """Name the axes where their tick labels are: under each column and left of each row."""
    for axes in (panel.axes for panel in panels):
        axes.set_xlabel(x if axes.xaxis.get_tick_params()["labelbottom"] else "")
        axes.set_ylabel(y if axes.yaxis.get_tick_params()["labelleft"] else "")


def _titles(
    frame: pd.DataFrame, rows: Sequence[str], keys: Sequence[tuple[str, ...]], columns: Sequence[str], room: int
) -> list[list[str]]:
    """Each panel's facets and column, in one line where all have room (`room` letters over a row), else in more."""
    varying = [i for i, key in enumerate(rows) if frame[key].nunique() > 1]
    ends = [[name] for name in columns] if len(columns) > 1 else [[]]
    words = [[[key[i] for i in varying if key[i]] + end for end in ends] for key in keys]
    room //= len(columns)
    if max(len(", ".join(title)) for row in words for title in row) <= room:
        return [[", ".join(title) for title in row] for row in words]
    lines = [[[", ".join(title[:-2]), ", ".join(title[-2:])] for title in row] for row in words]
    return [["\n".join(textwrap.fill(line, room) for line in title if line) for title in row] for row in lines]


def curves(
    shown: slices.Slice, x: str, y: str, by: str, rows: Sequence[str], column: str, label: str, level: str = ""
) -> Figure:
    """`y` against `x`, log-log: points with the tables' intervals, exact values as lines; `level` names a line at 1."""
    figure, panels = grid(shown, rows, column, height=1.25)
    looks = palette.looks(shown.estimators)
    for panel in panels:
        values = panel.row[[key for key in (y, f"{y}_low", f"{y}_high", f"exact_{y}") if key in panel.row]]
        heights = [*values.to_numpy().ravel(), *([1.0] if level else [])]
        limits = {"xlim": log_limits(shown.frame[x]), "ylim": log_limits(heights)}
        panel.axes.set(xscale="log", yscale="log", **limits)
        log_ticks(panel.axes.xaxis, list(shown.frame[x].unique()))
        log_ticks(panel.axes.yaxis)
        if level:
            panel.axes.axhline(1, color=style.GREY, linestyle="--", linewidth=style.scaled_to_line(0.8), zorder=1)
        _draw(panel.axes, panel.frame, x, y, by, looks)
    label_outer(panels, x, label)
    _legend(figure, shown.frame, y, by, looks, level)
    return figure


def ratio_curves(shown: slices.Slice, x: str, rows: Sequence[str], column: str) -> Figure:
    """The variance ratio against `x`, with the line where no estimator wins."""
    level = "1: pathwise better above"
    return curves(shown, x, "variance_ratio", "numerator", rows, column, "variance ratio", level)


def _draw(axes: Axes, part: pd.DataFrame, x: str, y: str, by: str, looks: dict[str, Look]) -> None:
    """Lines through the exact values (or thin ones through the points), the intervals, and the points."""
    palette = {name: look.colour for name, look in looks.items()}
    markers = {name: look.marker for name, look in looks.items()}
    exact = f"exact_{y}" in part
    line, width = (f"exact_{y}", style.scaled_to_line(1.0)) if exact else (y, style.scaled_to_line(0.5))
    common = {"x": x, "ax": axes, "legend": False}
    if exact and part[x].nunique() == 1:  # one value makes no line to see
        dash = {"marker": "_", "s": 80 * style.scaled_to_line(1) ** 2, "linewidth": style.scaled_to_line(1)}
        sns.scatterplot(part, y=line, hue=by, palette=palette, **dash, **common)
    sns.lineplot(part, y=line, hue=by, palette=palette, estimator=None, linewidth=width, **common)
    for name, points in part.groupby(by, sort=False):
        low, high = points[f"{y}_low"], points[f"{y}_high"]
        known = np.isfinite(low) & np.isfinite(high)
        axes.vlines(
            points[x][known], low[known], high[known], color=palette[str(name)], linewidth=style.scaled_to_line(0.8)
        )
    dots = {"y": y, "style": by, "markers": markers, "linewidth": 0, **common}
    size = style.SIZE * style.scaled_to_line(1) ** 2
    sns.scatterplot(part, hue=by, palette=palette, s=size, **dots)
    sns.scatterplot(part[_unsettled(part)], color="white", s=size / 4, **dots)


def _unsettled(frame: pd.DataFrame) -> pd.Series:
    """Which rows were measured but stopped before they converged."""
    return frame["status"] != "ok" if "status" in frame else pd.Series(False, index=frame.index)


def _legend(figure: Figure, frame: pd.DataFrame, y: str, by: str, looks: dict[str, Look], level: str) -> None:
    """One legend under all panels: the estimators, and the kinds of marks that there are."""
    dot: dict[str, Any] = {"markersize": style.scaled_to_line(3.5), "linewidth": 0}
    handles = [
        Line2D([], [], color=looks[name].colour, marker=looks[name].marker, label=name, **dot)
        for name in frame[by].unique()
    ]
    if f"exact_{y}" in frame and frame[f"exact_{y}"].notna().any():
        handles.append(Line2D([], [], color=style.GREY, label="line: exact"))
    if _unsettled(frame).any():
        hollow = Line2D([], [], color=style.GREY, marker="o", markerfacecolor="white", **dot)
        hollow.set_label("hollow: budget or unconverged")
        handles.append(hollow)
    if level:
        handles.append(
            Line2D([], [], color=style.GREY, linestyle="--", linewidth=style.scaled_to_line(0.8), label=level)
        )
    longest = max(len(str(handle.get_label())) for handle in handles)
    deep = math.ceil(len(handles) / max(1, style.letters_that_fit(60) // max(30, longest + 1)))
    across = math.ceil(len(handles) / deep)
    figure.legend(handles=handles, loc="outside lower center", ncols=across, columnspacing=1.5)
