"""Panels: a figure's grid of axes, one for each facet of a slice."""

import itertools
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.drawing import style
from bench.spec import Slice
from bench.tables import slices

PAGE = 8.0  # inches that the rows of panels may fill
LEFT_TO_RIGHT = ("mu", "sigma2", "shared", "per_datum", "direct", "collapsed")
NBSP = "\N{NO-BREAK SPACE}"

Key = tuple[str, ...]  # the values of a row's facets


@dataclass(frozen=True, slots=True)
class Panel:
    """Axes with the rows to draw on them; `row` has those of the neighbours too, which share the y axis."""

    axes: Axes
    frame: pd.DataFrame
    row: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Layout:
    """Which panels there are: a row of `columns` for each of the `keys`, so many rows `beside` each other."""

    keys: Sequence[Key]
    columns: Sequence[str]
    beside: int
    omitted: int  # rows of panels that the page has no space for

    @property
    def deep(self) -> int:
        """How many rows stand below each other."""
        return math.ceil(len(self.keys) / self.beside)


def grid(selection: Slice, rows: Sequence[str], column: str, height: float) -> tuple[Figure, list[Panel]]:
    """A figure with a row of panels for each combination of `rows`, and each panel that has data with its data.

    `height` is that of a row, in inches beside text of 7 points. Where the figure is wide enough, rows stand side by
    side.
    """
    frame = selection.frame
    layout = _layout(frame, rows, column, height)
    note = _note(selection, layout)
    margin, panel, line = (style.scaled_to_font(length) for length in (0.7, height, 0.1))
    tall = margin + panel * layout.deep + line * note.count("\n")
    figure = Figure(figsize=(style.figure_width(), tall), layout="constrained")
    figure.suptitle(note, color=style.GREY)
    shape = (layout.deep, layout.beside * len(layout.columns))
    axes = figure.subplots(*shape, sharex=True, squeeze=False).reshape(-1, len(layout.columns))
    for unused in axes[len(layout.keys) :].ravel():
        unused.remove()
    titles = _titles(frame, rows, layout)
    for i, j in itertools.product(range(len(layout.keys)), range(len(layout.columns))):
        axes[i, j].set_title(titles[i][j])
        if j > 0:
            axes[i, j].sharey(axes[i, 0])
    frames = dict(list(frame.groupby([*rows, column], sort=False)))
    return figure, _panels(axes[: len(layout.keys)].tolist(), layout, frames)


def _layout(frame: pd.DataFrame, rows: Sequence[str], column: str, height: float) -> Layout:
    """As many rows side by side as the width has space for, and below each other as a page has."""
    keys: list[Key] = list(dict.fromkeys(frame[list(rows)].itertuples(index=False, name=None)))
    least = style.scaled_to_font(style.LEAST * style.FONT_SIZE)
    beside = min(len(keys), max(1, int(style.figure_width() // least)))
    deep = max(1, int(max(PAGE, style.figure_width()) // style.scaled_to_font(height)))
    drawn = keys[: beside * deep]
    columns = [name for name in LEFT_TO_RIGHT if name in set(frame[column])]
    return Layout(drawn, columns, beside, len(keys) - len(drawn))


def _note(selection: Slice, layout: Layout) -> str:
    """What all panels have in common and what they leave out, in lines as wide as the figure."""
    note = slices.constants(selection.frame, (*slices.FACETS, "data", "numerator", "evaluation"), selection.chosen)
    if layout.omitted:
        drawn = len(layout.keys)
        note += f", the first {drawn} of {drawn + layout.omitted} rows of panels"
    if selection.hidden:
        note += f", {selection.hidden} rows that are zero or infinite not shown"
    return textwrap.fill(note.replace(" ", NBSP).replace("," + NBSP, ", "), style.letters_that_fit(66))


def _titles(frame: pd.DataFrame, rows: Sequence[str], layout: Layout) -> list[list[str]]:
    """Each panel's facets and column, in one line where all of a row's fit beside each other, else in more."""
    width = style.letters_that_fit(56) // layout.beside // len(layout.columns)
    varying = [i for i, name in enumerate(rows) if frame[name].nunique() > 1]
    ends = [[name] for name in layout.columns] if len(layout.columns) > 1 else [[]]
    words = [[[key[i] for i in varying if key[i]] + end for end in ends] for key in layout.keys]
    if max(len(", ".join(title)) for row in words for title in row) <= width:
        return [[", ".join(title) for title in row] for row in words]
    lines = [[[", ".join(title[:-2]), ", ".join(title[-2:])] for title in row] for row in words]
    return [["\n".join(textwrap.fill(line, width) for line in title if line) for title in row] for row in lines]


def _panels(axes: Sequence[Sequence[Axes]], layout: Layout, frames: dict[Key, pd.DataFrame]) -> list[Panel]:
    """The panels that have data; the others say that they have none and leave their tick labels to the neighbours."""
    panels = []
    for (i, key), (j, column) in itertools.product(enumerate(layout.keys), enumerate(layout.columns)):
        if (*key, column) not in frames:
            _say_not_measured(axes[i][j])
            continue
        first = all((*key, left) not in frames for left in layout.columns[:j])
        last = all((*below, column) not in frames for below in layout.keys[i + layout.beside :: layout.beside])
        axes[i][j].tick_params(labelleft=first, labelbottom=last)
        row = pd.concat([frames[*key, name] for name in layout.columns if (*key, name) in frames])
        panels.append(Panel(axes[i][j], frames[*key, column], row))
    return panels


def _say_not_measured(axes: Axes) -> None:
    axes.set_axis_off()
    axes.text(0.5, 0.5, "not measured", color=style.GREY, ha="center", transform=axes.transAxes)
