"""Gradient z-scores of every cell against the standard normal: do the estimators agree with the exact gradient?"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from bench.drawing import style, words
from bench.drawing.palette import look
from bench.spec import Figure, Slice
from bench.tables import slices

MOST_SHAPES = 3000  # beyond, the points of an SVG are one image: as shapes they would take megabytes


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The z-scores of all cells."""
    frame = slices.measured(tables["statistics"], "gradient_z")
    return None if frame.empty else Slice(frame)


def draw(selection: Slice) -> Drawing:
    """A strip of z-scores per estimator and parameter under the normal density."""
    scores = selection.frame["gradient_z"]
    strips = dict(list(selection.frame.groupby(["estimator", "parameter"], sort=False)["gradient_z"]))
    height = style.scaled_to_font(1.0 + 0.22 * len(strips))
    figure = Drawing(figsize=(style.figure_width(), height), layout="constrained")
    top, axes = figure.subplots(2, 1, sharex=True, height_ratios=[1, 0.5 * len(strips)])
    reach = max(4.0, 1.1 * scores.abs().max())
    _density(top, reach)
    axes.axvspan(-1.96, 1.96, color="0.93", linewidth=0)
    axes.axvline(0, color=style.GREY, linewidth=style.scaled_to_line(0.6))
    for row, ((estimator, _), values) in enumerate(strips.items()):
        _strip(axes, row, estimator, values, rasterized=len(scores) > MOST_SHAPES)
    axes.set(xlim=(-reach, reach), ylim=(len(strips) - 0.5, -0.5), xlabel="$z$ of the gradient", ylabel="")
    axes.set_yticks(range(len(strips)), [words.fill(_title(*names), 34) for names in strips])
    axes.grid(visible=False)
    return figure


def _title(estimator: str, parameter: str) -> str:
    return f"{words.label(estimator)}, {words.symbol(parameter)}"


def _density(axes: Axes, reach: float) -> None:
    """The standard normal, from -reach to reach."""
    z = np.linspace(-reach, reach, 401)
    axes.fill_between(z, np.exp(-(z**2) / 2), color="0.8", linewidth=0)
    axes.text(0, 0.5, "standard\nnormal", color=style.GREY, transform=axes.transAxes)
    axes.set_axis_off()


def _strip(axes: Axes, row: int, estimator: str, scores: pd.Series, rasterized: bool) -> None:
    """The z-scores of an estimator, spread over the height of its row in the order of the cells."""
    colour, marker = look(estimator)
    dots = {"color": colour, "marker": marker, "s": style.scaled_to_area(5), "alpha": 0.6, "linewidth": 0}
    heights = row + np.linspace(-0.32, 0.32, len(scores))
    sns.scatterplot(x=scores, y=heights, ax=axes, rasterized=rasterized, **dots)


PLUGIN = Figure(
    name="gradient_agreement",
    title="Agreement with the exact gradient",
    caption="(measured - exact gradient) / standard error, one point per cell, against the standard normal: its "
    "density above, its central 95 % shaded. Cells share their draws, so the points of a strip move together: a strip "
    "may lean, but the points of a biased estimator leave the density altogether.",
    select=select,
    draw=draw,
)
