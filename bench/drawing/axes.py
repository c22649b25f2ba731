"""Logarithmic axes with plain numbers, and which of several axes are named."""

import math
from collections.abc import Iterable, Sequence

from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.axis import Axis

from bench.drawing import choices, words

MOST_TICKS = 5  # of a linear axis


def log_log(axes: Axes, x: Sequence[float], y: Iterable[float]) -> None:
    """Logarithmic scales around these values, with the grid's values `x` as ticks and round numbers along y.

    The x axis is linear where not all of the grid's values are positive.
    """
    axes.set(yscale="log", ylim=choices.current().ylim or log_limits(y))
    scale_around(axes.xaxis, x)
    log_ticks(axes.yaxis)


def scale_around(axis: Axis, values: Sequence[float]) -> None:
    """A scale around the grid's values, which are its ticks: logarithmic where all are positive, else linear."""
    name = "x" if axis is axis.axes.xaxis else "y"
    if min(values) > 0:
        axis.axes.set(**{f"{name}scale": "log", f"{name}lim": log_limits(values)})
        log_ticks(axis, values)
        return
    room = 0.1 * (max(values) - min(values)) or 1.0
    axis.axes.set(**{f"{name}lim": (min(values) - room, max(values) + room)})
    axis.set_ticks(values if len(values) <= MOST_TICKS else values[:: math.ceil(len(values) / MOST_TICKS)])
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: words.number(value)))


def log_limits(values: Iterable[float]) -> tuple[float, float]:
    """Limits of a log axis with some space around the values, also around a single one; they hold a round number."""
    positive = [value for value in values if math.isfinite(value) and value > 0]
    margin = max((max(positive) / min(positive)) ** 0.06, 1.7)
    return min(positive) / margin, max(positive) * margin


def log_ticks(axis: Axis, values: Sequence[float] = ()) -> None:
    """Plain numbers on a log axis: at those of the grid's `values` that stand apart, or at round numbers."""
    low, high = sorted(math.log10(limit) for limit in axis.get_view_interval())
    if values:
        ticks: list[float] = []
        for value in sorted(values):
            if not ticks or math.log10(value / ticks[-1]) > 0.19 * (high - low):
                ticks.append(value)
        axis.set_major_locator(ticker.FixedLocator(ticks))
    else:
        subs = (1, 2, 5) if high - low < 1.5 else (1, 3) if high - low < 2.5 else (1,)
        axis.set_major_locator(ticker.LogLocator(subs=subs, numticks=6))
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: words.number(value)))
    axis.set_minor_locator(ticker.NullLocator())


def label_outer(figure_axes: Iterable[Axes], x: str, y: str) -> None:
    """Name the axes where their tick labels are: under each column and left of each row."""
    for axes in figure_axes:
        axes.set_xlabel(x if axes.xaxis.get_tick_params()["labelbottom"] else "")
        axes.set_ylabel(y if axes.yaxis.get_tick_params()["labelleft"] else "")
