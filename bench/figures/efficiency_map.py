"""Efficiency ratio over sigma and dataset_size: variance and time together."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from bench.drawing import choices, style, words
from bench.drawing.axes import MOST_TICKS, label_outer
from bench.drawing.panels import grid
from bench.drawing.ratio_colours import COLOURS, Scale, colour_bar
from bench.markup.numbers import scientific
from bench.spec import Figure, Slice
from bench.tables import slices

MOST_SIZES, MOST_LETTERS = 6, 24  # beyond, the numbers or the names have no room in half a column
MOST_NUMBERS = 8  # dataset sizes; beyond, numbers have no room at all, and cells below 1 are hatched
HATCH = "////"


def select(tables: Mapping[str, pd.DataFrame], ratio: str = "efficiency_ratio") -> Slice | None:
    """The ratios over all sigmas and dataset sizes, of direct evaluation where there is any."""
    selection = slices.select(tables, "efficiency", ratio, along=["sigma", "dataset_size"])
    return selection and replace(selection, frame=_one_evaluation(selection.frame))


def draw(selection: Slice, ratio: str = "efficiency_ratio", words_of: str = "efficiency ratio") -> Drawing:
    """A heat map per facet, numerator and parameter."""
    frame = selection.frame.assign(decades=np.log10(selection.frame[ratio]))
    rows, column = [*slices.FACETS, "numerator"], "parameter"
    sizes, dense = frame["dataset_size"].nunique(), frame["dataset_size"].nunique() > MOST_NUMBERS
    if MOST_SIZES < sizes <= MOST_NUMBERS or frame["numerator"].map(words.label).str.len().max() > MOST_LETTERS:
        rows, column = [*rows, column], "evaluation"
    rows, column = choices.panels(frame, rows, column)
    height = max(0.8, 0.35 + (0.1 if dense else 0.15) * frame["sigma"].nunique())
    figure, maps = grid(replace(selection, frame=frame), rows, column, height)
    scale = Scale(frame["decades"])
    for panel in maps:
        _heat(panel.axes, panel.frame, scale, dense)
    axes = [panel.axes for panel in maps]
    label_outer(axes, words.axis("dataset_size"), words.symbol("sigma"))
    hatched = "; hatched: below 1" if dense and (frame["decades"] < 0).any() else ""
    reference = words.label(slices.reference(frame))
    colour_bar(figure, axes, scale, f"{words_of} (above 1 {reference} is more efficient{hatched})")
    return figure


def _one_evaluation(frame: pd.DataFrame) -> pd.DataFrame:
    """Direct rows: what a black-box objective costs; all rows where nothing was timed so."""
    direct = frame[frame["evaluation"] == "direct"]
    return frame if direct.empty else direct


def _heat(axes: Axes, ratios: pd.DataFrame, scale: Scale, dense: bool) -> None:
    """One map, sigma upwards, with its numbers unless it is dense; empty where nothing was measured."""
    decades = ratios.pivot(index="sigma", columns="dataset_size", values="decades")
    sizes, sigmas = ([words.number(value) for value in axis] for axis in (decades.columns, decades.index))
    cells = (10**decades).map(short)
    gap = style.scaled_to_line(0.2 if dense else 0.5)
    numbers = {"annot": False if dense else cells, "fmt": "", "annot_kws": {"size": style.scaled_to_font(5.5)}}
    sns.heatmap(decades, ax=axes, norm=scale, cmap=COLOURS, linewidths=gap, cbar=False, **numbers)
    for axis, names in ((axes.xaxis, sizes), (axes.yaxis, sigmas)):
        step = math.ceil(len(names) / (MOST_TICKS if dense else len(names)))
        axis.set_ticks([place + 0.5 for place in range(0, len(names), step)], names[::step])
    for row, column in np.argwhere(decades.to_numpy() < 0) if dense else ():
        axes.add_patch(Rectangle((column, row), 1, 1, fill=False, hatch=HATCH, linewidth=0, edgecolor=style.GREY))
    axes.tick_params(axis="y", rotation=0)
    axes.tick_params(axis="x", rotation=0)
    axes.tick_params(length=0)
    axes.invert_yaxis()


def short(ratio: float) -> str:
    """A ratio in a cell: two digits, one beside a power of ten; nothing where none was measured."""
    if pd.isna(ratio):
        return ""
    mantissa, power = scientific(ratio, 2)
    return words.number(ratio, digits=1).replace(r"\times", r"{\cdot}") if power else mantissa


PLUGIN = Figure(
    name="efficiency_map",
    title=r"Efficiency ratio over $\sigma$ and the number of data",
    caption="Work-normalised variance (variance times time per estimate) of each estimator over that of {reference}: "
    "above 1 (blue) {reference} reaches a given precision in less time{below efficiency_ratio}.",
    select=select,
    draw=draw,
)
