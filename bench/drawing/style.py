"""The look of every figure: the sizes of its style, and a colour and a marker for each estimator.

A style is handed to the figures through matplotlib's settings, so a figure of a plug-in that knows nothing of styles
follows it too.
"""

import math
import zlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple

import matplotlib
import matplotlib.style
from matplotlib import ticker
from matplotlib.axis import Axis
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

GREY = "0.45"
SIZE = 14.0  # of a marker, in points squared

FONT_SIZE = 7.0  # points, the text that all other sizes here go with
COLUMN = 3.25  # inches beside such text, that words are cut for
LEAST = 2.4 / FONT_SIZE  # inches a point of text, that a row of panels needs


@dataclass(frozen=True, slots=True)
class Style:
    """What a venue asks of a figure; unless told otherwise, the look of a report."""

    width: float = 3.25  # inches
    font: str = "sans-serif"
    font_size: float = FONT_SIZE  # points
    line_width: float = 1.0  # points
    dpi: float = 300.0
    note: bool = True  # say above the panels what they show


WEB = Style()  # conf/style/web.yaml says the same

TEXT = {  # points, and pads in inches: they follow the font size
    "axes.titlesize": 6.5,
    "axes.labelsize": 7.0,
    "figure.labelsize": 7.0,
    "figure.titlesize": 6.5,
    "xtick.labelsize": 6.5,
    "ytick.labelsize": 6.5,
    "legend.fontsize": 6.5,
    "axes.titlepad": 3.0,
    "axes.labelpad": 2.0,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.major.pad": 2.0,
    "ytick.major.pad": 2.0,
    "figure.constrained_layout.h_pad": 0.04167,
    "figure.constrained_layout.w_pad": 0.04167,
}
LINES = {  # points: they follow the line width
    "axes.linewidth": 0.6,
    "grid.linewidth": 0.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
}
SETTINGS: dict[str, Any] = {
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "0.92",
    "svg.hashsalt": "bench",
    "pdf.fonttype": 42,
    "pgf.rcfonts": False,  # the document's font
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
        colours, markers = [look.colour for look in taken], [look.marker for look in taken]
        start = zlib.crc32(name.encode()) % len(LOOKS)
        chosen[name] = min(
            LOOKS[start:] + LOOKS[:start],
            key=lambda look: (taken.count(look), colours.count(look.colour), markers.count(look.marker)),
        )
    return chosen


def context(chosen: Style = WEB) -> AbstractContextManager[None]:
    """The project's settings on matplotlib's own defaults, whatever the user's are; they end with the block."""
    scale = chosen.font_size / FONT_SIZE
    settings = SETTINGS | {
        "figure.figsize": (chosen.width, 0.75 * chosen.width),
        "figure.dpi": chosen.dpi,
        "font.family": chosen.font,
        "font.size": chosen.font_size,
        "lines.linewidth": chosen.line_width,
        **{key: size * scale for key, size in TEXT.items()},
        **{key: size * chosen.line_width for key, size in LINES.items()},
    }
    return matplotlib.style.context(settings, after_reset=True)


def width() -> float:
    """The width of a figure, in inches."""
    return float(matplotlib.rcParams["figure.figsize"][0])


def text(length: float) -> float:
    """A length, in whatever unit, beside text of 7 points, for the text of this style."""
    return length * float(matplotlib.rcParams["font.size"]) / FONT_SIZE


def letters(count: int) -> int:
    """How many letters have room over the whole width, where a report's column has room for `count`."""
    usual, font = (
        TextPath((0, 0), "pathwise", FONT_SIZE, prop=FontProperties(family=family)).get_extents().width
        for family in ("DejaVu Sans", None)
    )
    return int(count * width() / text(COLUMN) * (usual / font))


def line(length: float) -> float:
    """A length, in points, beside lines of 1 point, for the lines of this style."""
    return length * float(matplotlib.rcParams["lines.linewidth"])


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
