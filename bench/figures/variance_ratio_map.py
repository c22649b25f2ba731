"""Variance ratio over two axes: the map of where each estimator wins, with the exact border between them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import choices, style, words
from bench.drawing.axes import label_outer, scale_around
from bench.drawing.panels import Panel, grid
from bench.drawing.ratio_colours import COLOURS, Scale, colour_bar, hatch
from bench.spec import Figure, Slice
from bench.tables import along, slices

MOST_LETTERS = 24  # beyond, the names have no room in half a column
MANY = 40  # points of a panel; more are smaller
HEIGHT = 1.5  # inches of a row of panels, beside text of 7 points


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The ratios over both axes."""
    return along.ratios(tables, over=2)


def draw(selection: Slice) -> Drawing:
    """A map per facet, numerator and parameter."""
    frame = selection.frame
    rows, column = [*slices.FACETS, "numerator"], "parameter"
    if frame["numerator"].map(words.label).str.len().max() > MOST_LETTERS:
        rows, column = [*rows, column], "denominator"
    rows, column = choices.panels(frame, rows, column)
    figure, panels = grid(selection, rows, column, HEIGHT)
    decades = np.log10(frame["exact_variance_ratio"])
    scale = Scale([*decades, *np.log10(frame["variance_ratio"].dropna())])
    for panel in panels:
        _map(panel, scale)
    axes = [panel.axes for panel in panels]
    label_outer(axes, *(words.axis(frame[name].iloc[0]) for name in ("x_axis", "y_axis")))
    label = f"variance ratio (above 1 {words.label(slices.reference(frame))} has the lower variance)"
    colour_bar(figure, axes, scale, label, hatched=scale.both_sides)
    return figure


def _map(panel: Panel, scale: Scale) -> None:
    """The exact ratio in colours, its border at 1, and what was measured as points of the same colours."""
    axes, frame = panel.axes, panel.frame
    exact = frame.pivot(index="y", columns="x", values="exact_variance_ratio")
    x, y, decades = exact.columns.to_numpy(), exact.index.to_numpy(), np.log10(exact.to_numpy())
    axes.pcolormesh(x, y, decades, cmap=COLOURS, norm=scale, shading="gouraud", rasterized=True)
    if scale.both_sides:
        hatch(axes, x, y, decades)
    if np.nanmin(decades) < 0 < np.nanmax(decades):
        axes.contour(x, y, decades, levels=[0.0], colors="black", linewidths=style.scaled_to_line(1.0))
    points = frame[frame["variance_ratio"].notna()]
    size = style.scaled_to_area(style.SIZE) * min(1.0, MANY / max(1, len(points)))
    axes.scatter(
        *(points["x"], points["y"], size),
        c=np.log10(points["variance_ratio"]),
        cmap=COLOURS,
        norm=scale,
        edgecolors="black",
        linewidths=style.scaled_to_line(0.5),
        zorder=3,
    )
    for axis, name in ((axes.xaxis, "x"), (axes.yaxis, "y")):
        scale_around(axis, sorted(points[name].unique()))


PLUGIN = Figure(
    name="variance_ratio_map",
    title="Variance ratio over two axes",
    caption="Variance of each estimator over that of {reference}, same cell, same draws, over the two axes that the "
    "run was asked for. Colours are exact and the line is where the ratio is 1: on its blue side {reference} has the "
    "lower variance, on its red, hatched side the other estimator. Points are measured, in the same colours.",
    select=select,
    draw=draw,
)
