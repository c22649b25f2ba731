"""Rows of panels that share their heights, as many rows side by side as the width has space for.

`bench.drawing.panels` splits a slice of a grid by its facets; here the figure says what stands in which panel.
"""

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.drawing import style

LEAST = 2.4  # inches beside text of 7 points, that a row of two panels needs


def rows(count: int, across: int, height: float, foot: float) -> tuple[Figure, list[list[Axes]]]:
    """A figure with `count` rows of `across` panels; panels in the same place of all rows share the x axis.

    `height` is that of a row and `foot` that of what stands below, in inches beside text of 7 points. Tick labels stand
    left of each row and under the lowest ones.
    """
    beside = min(count, max(1, int(style.figure_width() // style.scaled_to_font(LEAST))))
    deep = math.ceil(count / beside)
    tall = style.scaled_to_font(height * deep + foot)
    figure = Figure(figsize=(style.figure_width(), tall), layout="constrained")
    panels = figure.subplots(deep, beside * across, squeeze=False).reshape(-1, across)
    for i, row in enumerate(panels[:count]):
        for j, axes in enumerate(row):
            if i:
                axes.sharex(panels[0, j])
            if j:
                axes.sharey(row[0])
            axes.tick_params(labelleft=j == 0, labelbottom=i + beside >= count)
    for axes in panels[count:].ravel():
        axes.remove()
    return figure, [list(row) for row in panels[:count]]


def lowest(axes: Axes) -> bool:
    """Whether the tick labels of the x axis stand under these axes."""
    return bool(axes.xaxis.get_tick_params()["labelbottom"])
