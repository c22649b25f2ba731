"""Efficiency ratio over sigma and dataset_size: variance and time together."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure as Drawing

from bench.drawing import style
from bench.drawing.axes import label_outer
from bench.drawing.panels import grid
from bench.drawing.ratio_colours import COLOURS, colour_bar, scale_of
from bench.markup.numbers import number
from bench.spec import Figure, Slice
from bench.tables import slices

MOST_SIZES, MOST_LETTERS = 6, 24  # beyond, the numbers or the names have no room in half a column


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The ratios over all sigmas and dataset sizes, of direct evaluation where there is any."""
    selection = slices.select(tables, "efficiency", "efficiency_ratio", along=["sigma", "dataset_size"])
    return selection and replace(selection, frame=_one_evaluation(selection.frame))


def draw(selection: Slice) -> Drawing:
    """A heat map per facet, numerator and parameter."""
    frame = selection.frame.assign(decades=np.log10(selection.frame["efficiency_ratio"]))
    rows, column = [*slices.FACETS, "numerator"], "parameter"
    if frame["dataset_size"].nunique() > MOST_SIZES or frame["numerator"].str.len().max() > MOST_LETTERS:
        rows, column = [*rows, column], "evaluation"
    height = max(0.8, 0.35 + 0.15 * frame["sigma"].nunique())
    figure, maps = grid(replace(selection, frame=frame), rows, column, height)
    scale = scale_of(frame["decades"].abs().max())
    for panel in maps:
        _heat(panel.axes, panel.frame, scale)
    axes = [panel.axes for panel in maps]
    label_outer(axes, "dataset_size", "sigma")
    colour_bar(figure, axes, scale, f"efficiency ratio (above 1 {slices.reference(frame)} is more efficient)")
    return figure


def _one_evaluation(frame: pd.DataFrame) -> pd.DataFrame:
    """Direct rows: what a black-box objective costs; all rows where nothing was timed so."""
    direct = frame[frame["evaluation"] == "direct"]
    return frame if direct.empty else direct


def _heat(axes: Axes, ratios: pd.DataFrame, scale: Normalize) -> None:
    """One annotated map, sigma upwards; empty where nothing was measured."""
    decades = ratios.pivot(index="sigma", columns="dataset_size", values="decades")
    words = (10**decades).map(lambda ratio: number(ratio, digits=2))
    colours = {"norm": scale, "cmap": COLOURS, "linewidths": style.scaled_to_line(0.5), "cbar": False}
    sizes, sigmas = ([number(value) for value in axis] for axis in (decades.columns, decades.index))
    numbers = {"annot": words, "fmt": "", "annot_kws": {"size": style.scaled_to_font(5.5)}}
    sns.heatmap(decades, ax=axes, xticklabels=sizes, yticklabels=sigmas, **numbers, **colours)
    axes.tick_params(axis="y", rotation=0)
    axes.tick_params(length=0)
    axes.invert_yaxis()


PLUGIN = Figure(
    name="efficiency_map",
    title=r"Efficiency ratio over $\sigma$ and the number of data",
    caption="Work-normalised variance (variance times time per estimate) of each estimator over that of {reference}: "
    "above 1 (blue) {reference} reaches a given precision in less time, below 1 (red) the other estimator does.",
    select=select,
    draw=draw,
)
