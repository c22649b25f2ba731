"""Time per gradient estimate against K on one thread: a panel for each objective, a curve for each framework."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.optimize import isotonic_regression

from bench.drawing import axes as scales
from bench.drawing import style
from bench.report.peers.summary import NAMES, OURS, timed

COLOURS = {"bench": "#0173B2", "numpy": "#404040", "torch": "#D55E00", "jax": "#005F45"}
OF_OURS = {"grid": "this suite, in a grid", "cell": "this suite, one cell"}
DASHES = {"pathwise": "-", "score_function": "--"}
WIDTH, HEIGHT, ACROSS = 6.75, 2.5, 2  # inches, of a row of panels, and panels beside each other
APART = 0.06  # of the height of a panel, between two names
CAPTION = (
    "Time of one gradient estimate of K draws, both parameters, drawing included, on one thread; each framework in its "
    "fastest variant and batch. Solid: pathwise; dashed: score function. Medians over interleaved rounds."
)


def draw(frame: pd.DataFrame) -> Figure:
    """The figure; of threads=all where one thread was not timed."""
    rows = timed(frame)
    rows = rows[rows["threads"] == rows["threads"].iloc[0]]
    objectives = list(dict.fromkeys(rows["objective"]))
    across = min(ACROSS, len(objectives))
    deep = -(-len(objectives) // across)
    figure = Figure(figsize=(WIDTH, HEIGHT * deep), layout="constrained", label=CAPTION)
    panels = figure.subplots(deep, across, squeeze=False, sharex=True).ravel()
    for axes, objective in zip(panels, objectives, strict=False):
        _panel(axes, rows[rows["objective"] == objective])
        axes.set_title(objective.replace("_", " "))
    for axes in panels[len(objectives) :]:
        axes.remove()
    figure.supxlabel("K, draws averaged in one gradient estimate")
    figure.supylabel("time per estimate (ns)")
    return figure


def _panel(axes: Axes, rows: pd.DataFrame) -> None:
    """The curves of an objective, named at their right ends."""
    samples = sorted(rows["samples"].unique())
    scales.log_log(axes, samples, rows["estimate_ns"])
    ends: dict[str, tuple[float, str]] = {}
    for estimator, of_estimator in rows.groupby("estimator", sort=False):
        for name, curve in _curves(of_estimator).items():
            colour = COLOURS[name.split()[0]]
            axes.plot(curve.index, curve, DASHES[str(estimator)], color=colour, marker="o", markersize=2.5)
            ends.setdefault(name, (float(curve.iloc[-1]), colour))
    heights = axes.transAxes.inverted().transform(axes.transData.transform([(1, end) for end, _ in ends.values()]))
    for (name, (_, colour)), y in zip(ends.items(), _spread([float(height) for _, height in heights]), strict=True):
        words = OF_OURS.get(name.partition(" ")[2]) or NAMES[name]
        size = style.scaled_to_font(6.0)
        axes.annotate(words, (1.02, y), xycoords="axes fraction", color=colour, fontsize=size, va="center")


def _curves(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Time by K: both of this suite, and of each framework the fastest variant at each K."""
    ours = rows[rows["framework"] == OURS]
    curves = {f"{OURS} {variant}": of.set_index("samples")["estimate_ns"] for variant, of in ours.groupby("variant")}
    others = rows[rows["framework"] != OURS].groupby("framework", sort=False)
    return curves | {str(name): of.groupby("samples")["estimate_ns"].min() for name, of in others}


def _spread(heights: Sequence[float]) -> list[float]:
    """The heights, moved as little as leaves no two nearer to each other than APART."""
    order = sorted(range(len(heights)), key=lambda i: -heights[i])
    steps = APART * np.arange(len(heights))
    placed = isotonic_regression(np.array(heights)[order] + steps, increasing=False).x - steps
    return [float(placed[order.index(i)]) for i in range(len(heights))]
