"""Gradient z-scores of every cell against the standard normal: do the estimators agree with the exact gradient?"""

import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np
import seaborn as sns
from matplotlib.figure import Figure as Canvas

from bench.drawing import palette, style
from bench.spec import Figure
from bench.tables import slices

MOST_SHAPES = 3000  # beyond, the points of an SVG are one image: as shapes they would take megabytes


def select(tables: Mapping[str, Any]) -> slices.Slice | None:
    """The z-scores of all cells."""
    frame = slices.measured(tables["statistics"], "gradient_z")
    return None if frame.empty else slices.Slice(frame, {}, 0, sorted(tables["statistics"]["estimator"].unique()))


def draw(tables: Mapping[str, Any]) -> Any:
    """A strip of z-scores per estimator and parameter under the normal density; None without z-scores."""
    shown = select(tables)
    if shown is None:
        return None
    frame, looks = shown.frame, palette.looks(shown.estimators)
    strips = frame.groupby(["estimator", "parameter"], sort=False)["gradient_z"]
    names = list(strips.groups)
    figure = Canvas(figsize=(style.figure_width(), style.scaled_to_font(1.0 + 0.22 * len(names))), layout="constrained")
    top, axes = figure.subplots(2, 1, sharex=True, height_ratios=[1, 0.5 * len(names)])
    reach = max(4.0, 1.1 * frame["gradient_z"].abs().max())
    crowd = len(frame) > MOST_SHAPES
    z = np.linspace(-reach, reach, 401)
    top.fill_between(z, np.exp(-(z**2) / 2), color="0.8", linewidth=0)
    top.text(0, 0.5, "standard\nnormal", color=style.GREY, transform=top.transAxes)
    top.set_axis_off()
    axes.axvspan(-1.96, 1.96, color="0.93", linewidth=0)
    axes.axvline(0, color=style.GREY, linewidth=style.scaled_to_line(0.6))
    for row, name in enumerate(names):
        values = strips.get_group(name)
        spread = row + np.linspace(-0.32, 0.32, len(values))  # in the order of the cells
        look, size = looks[name[0]], 5 * style.scaled_to_line(1) ** 2
        dots = {"color": look.colour, "marker": look.marker, "s": size, "alpha": 0.6, "linewidth": 0}
        sns.scatterplot(x=values, y=spread, ax=axes, rasterized=crowd, **dots)
    axes.set(xlim=(-reach, reach), ylim=(len(names) - 0.5, -0.5), xlabel="gradient z-score", ylabel="")
    axes.set_yticks(range(len(names)), [textwrap.fill(", ".join(name), 34) for name in names])
    axes.grid(visible=False)
    return figure


PLUGIN = Figure(
    name="gradient_agreement",
    title="Agreement with the exact gradient",
    caption="(measured - exact gradient) / standard error, one point per cell, against the standard normal: its "
    "density above, its central 95 % shaded. Cells share their draws, so the points of a strip move together: a strip "
    "may lean, but the points of a biased estimator leave the density altogether. sigma and log_sigma have the "
    "z-scores of sigma2.",
    draw=draw,
    select=select,
)
