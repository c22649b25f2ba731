"""Held-out ELBO of an autoencoder against seconds and against evaluations: what an estimator's variance costs."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from bench.drawing import sheets
from bench.drawing.axes import log_limits, log_ticks
from bench.drawing.named import Named, groups, handles, level, strokes
from bench.spec import Figure, Slice

BELOW = 0.35  # of the way from the best to the untrained ELBO, that a panel shows below the latter
HEIGHT, FOOT = 1.15, 0.75  # inches of a row of panels and of what is below, beside text of 7 points
AXES = {"seconds": "seconds", "evaluations": "evaluations of f"}


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The curves of autoencoders, if any were fitted."""
    if "curves" not in tables:
        return None
    frame = tables["curves"]
    rows = frame[frame["objective"] == "vae"]
    return None if rows["loss"].dropna().empty else Slice(rows)


def draw(selection: Slice) -> Drawing:
    """A row of panels for each L and K; left against seconds, if time was measured, right against evaluations."""
    frame = selection.frame
    keys = list(frame.groupby(["dimension", "samples"]))
    along = [name for name in AXES if (frame[name] > 0).any()]
    figure, panels = sheets.rows(len(keys), len(along), HEIGHT, FOOT)
    for ((dimension, samples), lines), row in zip(keys, panels, strict=True):
        _scale(row[0], lines)
        row[0].set_ylabel("ELBO (nats a digit)")
        for axes, x in zip(row, along, strict=True):
            _curves(axes, lines, x)
            axes.set_title(f"L = {dimension:.0f}, K = {samples:.0f}")
            axes.set(xscale="log", xlim=log_limits(frame[x]), xlabel=AXES[x] if sheets.lowest(axes) else "")
            log_ticks(axes.xaxis)
    _legend(figure, [name for name, _ in groups(frame)])
    return figure


def _scale(axes: Axes, rows: pd.DataFrame) -> None:
    """From a little below what untrained weights give to a little above the best; what falls out is worse."""
    best, untrained = rows["loss"].min(), rows["loss"][rows["step"] == 0].median()
    reach = untrained - best
    axes.set_ylim(-untrained - BELOW * reach, -best + 0.08 * reach)


def _curves(axes: Axes, rows: pd.DataFrame, x: str) -> None:
    untrained = rows["loss"][rows["step"] == 0].median()
    axes.axhline(-untrained, zorder=1, **level())
    for name, curve in reversed(groups(rows)):  # what lies under the pathwise curve would not be seen
        points = curve[curve[x] > 0].sort_values("step")
        colour = name.look.colour
        axes.fill_between(points[x], -points["loss_high"], -points["loss_low"], color=colour, alpha=0.18, linewidth=0)
        axes.plot(points[x], -points["loss"], color=colour, marker=name.look.marker, **strokes())


def _legend(figure: Drawing, names: list[Named]) -> None:
    entries = [*handles(names), Line2D([], [], label="untrained", **level())]
    figure.legend(handles=entries, loc="outside lower center", ncols=2, columnspacing=1.5)


PLUGIN = Figure(
    name="vae_elbo",
    title="Held-out ELBO of an autoencoder against seconds and evaluations",
    caption="ELBO of digits that were not learned from, L latent components, K draws for each digit of a batch; the "
    "encoder's gradient by each estimator, all else alike. Medians over fits with other weights, batches and draws, "
    "shaded from the least to the largest, of ten fits or more from their 10 % to their 90 % quantile; seconds are the "
    "median time of a step, measured alone, times the steps; an evaluation is of f at a draw for a digit, with its "
    "slopes where they are used. What leaves a panel is worse than untrained weights; pathwise and sticking the "
    "landing lie close together.",
    select=select,
    draw=draw,
    kind="fit",
)
