"""Logarithmic axes with plain numbers."""

import math
from collections.abc import Iterable, Sequence

from matplotlib import ticker
from matplotlib.axis import Axis

from bench.markup.numbers import number


def log_limits(values: Iterable[float]) -> tuple[float, float]:
    """Limits of a log axis with some room around the values, also around a single one; it holds a round number."""
    positive = [value for value in values if math.isfinite(value) and value > 0]
    room = max((max(positive) / min(positive)) ** 0.06, 1.7)
    return min(positive) / room, max(positive) * room


def log_ticks(axis: Axis, values: Sequence[float] = ()) -> None:
    """Plain numbers on a log axis: at those of the grid's `values` that have room, or at round numbers."""
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
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: number(value)))
    axis.set_minor_locator(ticker.NullLocator())
