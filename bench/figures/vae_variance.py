"""Variance of the gradient of an autoencoder's encoder over that of pathwise, as the fit goes on."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from bench.drawing import style
from bench.drawing.axes import log_limits, log_ticks
from bench.drawing.named import groups, handles, strokes
from bench.markup.numbers import number
from bench.spec import Figure, Slice

HEIGHT = 1.15  # inches of a row of panels, beside text of 7 points
PER = {"datum": r"per datum: by $\mu_i$, $\log\sigma_i$", "weights": "by the encoder's weights"}
ENDS = ["variance_ratio", "variance_ratio_low", "variance_ratio_high"]


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """All ratios to pathwise, if the variances of an encoder were measured."""
    if "encoder" not in tables:
        return None
    rows = tables["encoder"]
    rows = rows[np.isfinite(rows["variance_ratio"].astype(float)) & (rows["variance_ratio"] > 0)]
    return None if rows.empty else Slice(rows)


def draw(selection: Slice) -> Drawing:
    """A row of panels for each L and K; left per datum, right by weights; checkpoints at equal distances."""
    frame = selection.frame
    keys = list(frame.groupby(["dimension", "samples"]))
    pers = [per for per in PER if (frame["per"] == per).any()]
    tall = style.scaled_to_font(HEIGHT * len(keys) + 0.75)
    figure = Drawing(figsize=(style.figure_width(), tall), layout="constrained")
    panels = figure.subplots(len(keys), len(pers), squeeze=False, sharex=True, sharey="row")
    marks = sorted(frame["step"].unique())
    for i, ((dimension, samples), rows) in enumerate(keys):
        heights = [1.0, *rows[ENDS].to_numpy().ravel()]
        panels[i][0].set(yscale="log", ylim=log_limits(heights))
        log_ticks(panels[i][0].yaxis)
        for axes, per in zip(panels[i], pers, strict=True):
            _curves(axes, rows[rows["per"] == per], marks)
            title = f"L = {dimension:.0f}, K = {samples:.0f}"
            axes.set_title(title if i else f"{PER[per]}\n{title}")
    for axes in panels[-1]:
        axes.set_xticks(range(len(marks)), [number(mark) for mark in marks])
        axes.set_xlabel("step")
    figure.supylabel("variance ratio to pathwise")
    names = [name for name, _ in groups(frame) if name.words != "pathwise"]
    figure.legend(handles=handles(names), loc="outside lower center", ncols=2, columnspacing=1.5)
    return figure


def _curves(axes: Axes, rows: pd.DataFrame, marks: list[float]) -> None:
    axes.axhline(1, color=style.GREY, linestyle="--", linewidth=style.scaled_to_line(0.7), zorder=1)
    for name, curve in groups(rows):
        if name.words == "pathwise":
            continue
        points = curve.sort_values("step")
        x = [marks.index(step) for step in points["step"]]
        colour = name.look.colour
        axes.plot(x, points["variance_ratio"], color=colour, marker=name.look.marker, **strokes())
        axes.vlines(x, points[ENDS[1]], points[ENDS[2]], color=colour, linewidth=style.scaled_to_line(0.8))


PLUGIN = Figure(
    name="vae_variance",
    title="Variance of the encoder's gradient over that of pathwise",
    caption="Total variance of the gradient of the encoder by each estimator over that of pathwise (entropy exact), at "
    "the same weights, those along the pathwise fit, the same batch and the same draws; L latent components, K draws "
    "for each digit. Left the gradient by the encoder's outputs, the mean over the batch; right that of the batch's "
    "mean loss by all weights. Above 1 (dashed) pathwise has the lower variance. Bars are 95 % intervals.",
    select=select,
    draw=draw,
)
