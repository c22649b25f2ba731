"""The latent plane of autoencoders trained with each estimator: where held-out digits lie."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from bench.drawing import style
from bench.drawing.named import groups
from bench.spec import Figure, Slice

COLOURS = ("#0173B2", "#D55E00", "#005F45", "#7A3FA0", "#8C7A00", "#B0185F", "#404040", "#2A9DA5", "#9B2D30", "#6B8E23")
HEIGHT = 1.55  # inches of a panel, beside text of 7 points
LEAST = 1.5  # of its width


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The means of q of the fits with the most draws, if any have two latent components."""
    if "latents" not in tables:
        return None
    rows = tables["latents"]
    most = rows["samples"].max()
    rows = rows[(rows["samples"] == most) & np.isfinite(rows["mu_1"]) & np.isfinite(rows["mu_2"])]
    return None if rows.empty else Slice(rows, {"samples": float(most)})


def draw(selection: Slice) -> Drawing:
    """A panel for each estimator, each digit written where its mean is."""
    panels = groups(selection.frame)
    across = min(len(panels), max(1, int(style.figure_width() / style.scaled_to_font(LEAST))))
    deep = math.ceil(len(panels) / across)
    tall = style.scaled_to_font(HEIGHT * deep + 0.3)
    figure = Drawing(figsize=(style.figure_width(), tall), layout="constrained")
    figure.suptitle(f"L = 2, K = {selection.chosen['samples']:.0f} draws for each digit of a batch", color=style.GREY)
    places = figure.subplots(deep, across, squeeze=False).ravel()
    for axes, (name, rows) in zip(places, panels, strict=False):
        _plane(axes, rows)
        axes.set_title(name.words)
    for axes in places[len(panels) :]:
        axes.remove()
    figure.supxlabel(r"$\mu_1$")
    figure.supylabel(r"$\mu_2$")
    return figure


def _plane(axes: Axes, rows: pd.DataFrame) -> None:
    size = style.scaled_to_area(8)
    for digit, points in rows.groupby("digit"):
        colour = COLOURS[int(digit) % len(COLOURS)]
        axes.scatter(points["mu_1"], points["mu_2"], marker=f"${digit:.0f}$", s=size, color=colour, linewidth=0)
    axes.locator_params(nbins=5)


PLUGIN = Figure(
    name="vae_latent",
    title="The latent plane, digit by digit",
    caption="Each held-out digit at the mean of the encoder's q, after the last step, two latent components. What is "
    "learned are the places: digits of a kind together. All fits began with the same weights and "
    "saw the same batches; axes differ.",
    select=select,
    draw=draw,
    kind="fit",
)
