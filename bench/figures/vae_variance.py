"""Variance of the gradient of an autoencoder's encoder over that of pathwise, as the fit goes on."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from bench.drawing import sheets, style
from bench.drawing.axes import log_limits, log_ticks
from bench.drawing.named import groups, handles, level, strokes
from bench.spec import Figure, Slice

HEIGHT, FOOT = 1.25, 0.75  # inches of a row of panels and of what is below, beside text of 7 points
ALONG = {"seconds": "seconds", "step": "steps"}
PER = {"datum": r"by $\mu_i$, $\log\sigma_i$ of each digit", "weights": "by the encoder's weights"}
ENDS = ["variance_ratio", "variance_ratio_low", "variance_ratio_high"]


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """All ratios to pathwise after the first step, if the variances of an encoder were measured."""
    if "encoder" not in tables:
        return None
    rows = tables["encoder"]
    rows = rows[np.isfinite(rows["variance_ratio"].astype(float)) & (rows["variance_ratio"] > 0) & (rows["step"] > 0)]
    return None if rows.empty else Slice(rows.merge(_seconds(tables["curves"]), how="left", on=["dimension", "step"]))


def _seconds(curves: pd.DataFrame) -> pd.DataFrame:
    """How long the fits took to each step whose weights the variances are taken at: pathwise with the most draws."""
    fits = curves[(curves["estimator"] == "pathwise") & (curves["entropy"] == "closed_form")]
    return fits[fits["samples"] == fits["samples"].max()][["dimension", "step", "seconds"]]


def draw(selection: Slice) -> Drawing:
    """A row of panels for each L and K; left per datum, right by weights; against seconds, or steps if not timed."""
    frame = selection.frame
    keys = list(frame.groupby(["dimension", "samples"]))
    pers = [per for per in PER if (frame["per"] == per).any()]
    figure, panels = sheets.rows(len(keys), len(pers), HEIGHT, FOOT)
    x = "seconds" if (frame["seconds"] > 0).all() else "step"
    for ((dimension, samples), lines), row in zip(keys, panels, strict=True):
        row[0].set(yscale="log", ylim=log_limits([1.0, *lines[ENDS].to_numpy().ravel()]), ylabel="variance ratio")
        log_ticks(row[0].yaxis)
        for axes, per in zip(row, pers, strict=True):
            _curves(axes, lines[lines["per"] == per], x)
            axes.set_title(f"{PER[per]}\nL = {dimension:.0f}, K = {samples:.0f}")
            axes.set(xscale="log", xlim=log_limits(frame[x]), xlabel=ALONG[x] if sheets.lowest(axes) else "")
            log_ticks(axes.xaxis)
    names = [name for name, _ in groups(frame) if name.words != "pathwise"]
    entries = [*handles(names), Line2D([], [], label="1: pathwise better above", **level())]
    figure.legend(handles=entries, loc="outside lower center", ncols=2, columnspacing=1.5)
    return figure


def _curves(axes: Axes, rows: pd.DataFrame, x: str) -> None:
    axes.axhline(1, zorder=1, **level())
    for name, curve in groups(rows):
        if name.words == "pathwise":
            continue
        points = curve.sort_values("step")
        colour = name.look.colour
        axes.plot(points[x], points["variance_ratio"], color=colour, marker=name.look.marker, **strokes())
        axes.vlines(points[x], points[ENDS[1]], points[ENDS[2]], color=colour, linewidth=style.scaled_to_line(0.8))


PLUGIN = Figure(
    name="vae_variance",
    title="Variance of the encoder's gradient over that of pathwise",
    caption="Total variance of the gradient of the encoder by each estimator over that of pathwise (entropy exact), at "
    "the same weights, those of the pathwise fit with the most draws, whose seconds or steps are below, on the "
    "same batch and draws; L latent components, K draws for each digit. Left the gradient by the encoder's outputs, "
    "the mean over the batch; right that of the batch's mean loss by all weights. Above 1 (dashed) pathwise has the "
    "lower variance. Bars are 95 % intervals; one that is not seen is smaller than its marker. Those before the first "
    "step are in encoder.csv.",
    select=select,
    draw=draw,
    kind="fit",
)
