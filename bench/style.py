"""The look of every figure: one column wide, a colour and a marker for each estimator, the same bytes each time."""

import io
import math
import zlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

import matplotlib
import matplotlib.style
from matplotlib import ticker
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

WIDTH = 3.25  # inches: text keeps its size in a column of a two-column paper
GREY = "0.45"
SIZE = 14.0  # of a marker, in points squared

SETTINGS: dict[str, Any] = {
    "font.size": 7,
    "axes.titlesize": 6.5,
    "axes.labelsize": 7,
    "figure.labelsize": 7,
    "figure.titlesize": 6.5,
    "xtick.labelsize": 6.5,
    "ytick.labelsize": 6.5,
    "legend.fontsize": 6.5,
    "legend.frameon": False,
    "axes.titlepad": 3,
    "axes.labelpad": 2,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "0.92",
    "grid.linewidth": 0.5,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.pad": 2,
    "ytick.major.pad": 2,
    "lines.linewidth": 1,
    "figure.dpi": 300,
    "svg.hashsalt": "bench",
    "pdf.fonttype": 42,
}


class Look(NamedTuple):
    """How one estimator is drawn."""

    colour: str
    marker: str


KNOWN = {
    "pathwise": Look("#0173B2", "o"),
    "score_function": Look("#D55E00", "s"),
    "score_function_local": Look("#029E73", "D"),
}
COLOURS = ("#DE8F05", "#CC78BC", "#56B4E9", "#CA9161", "#404040")
MARKERS = ("^", "v", "P", "X", "p", "h", "<", ">", "*")  # 9 and 5 are coprime: 45 different looks
LOOKS = [Look(COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)]) for i in range(len(COLOURS) * len(MARKERS))]

UNITS = {"s": 1e9, "ms": 1e6, "µs": 1e3, "ns": 1.0}


def looks(names: Iterable[str]) -> dict[str, Look]:
    """The look of each name; an unknown name asks for one by its own hash and gives way only where it is taken."""
    names = set(names)
    chosen = {name: KNOWN[name] for name in sorted(names & KNOWN.keys())}
    for name in sorted(names - KNOWN.keys()):
        taken = list(chosen.values())
        colours = [look.colour for look in taken]
        start = zlib.crc32(name.encode()) % len(LOOKS)
        chosen[name] = min(
            LOOKS[start:] + LOOKS[:start],
            key=lambda look: (taken.count(look), colours.count(look.colour)),
        )
    return chosen


def context() -> AbstractContextManager[None]:
    """The project's settings on matplotlib's own defaults, whatever the user's are; they end with the block."""
    return matplotlib.style.context(SETTINGS, after_reset=True)


def render(figure: Figure, maker: str) -> dict[str, bytes]:
    """The figure as {suffix: bytes}: no date and no version inside, `maker` as the file's creator.

    Each canvas draws once; `savefig` would draw a second time only to measure.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # laid out once: the two files cannot differ, and it is the slowest step
    png, svg = io.BytesIO(), io.BytesIO()
    agg: Any = FigureCanvasAgg(figure)  # matplotlib gives these methods no types
    agg.print_png(png, metadata={"Software": maker})
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(svg, metadata={"Creator": maker, "Date": None})
    return {"png": png.getvalue(), "svg": svg.getvalue()}


def unit(nanoseconds: float) -> tuple[str, float]:
    """The unit that suits a duration, and how many nanoseconds it has."""
    return next(((name, length) for name, length in UNITS.items() if nanoseconds >= length), ("ns", 1.0))


def duration(nanoseconds: float) -> str:
    """A duration in the unit that suits it: 1.23 µs."""
    name, length = unit(nanoseconds)
    return f"{number(nanoseconds / length)} {name}"


def number(value: float, digits: int = 3) -> str:
    """Rounded to `digits` significant digits: 3.75, 120, 2.6e4."""
    if not math.isfinite(value) or value == 0:
        return f"{value:g}"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    if -4 < int(exponent) < 4:
        return f"{float(mantissa + 'e' + exponent):g}"
    return f"{float(mantissa):g}e{int(exponent)}"


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
