"""The style of every figure: its sizes, its font and what a venue asks of it.

A style is handed to the figures through matplotlib's settings, so a figure of a plug-in that knows nothing of styles
follows it too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import matplotlib
import matplotlib.style
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
MATHEMATICS = {"STIXGeneral": "stix", "serif": "dejavuserif", "DejaVu Serif": "dejavuserif"}  # by the font of the text
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


_NOTED: ContextVar[bool] = ContextVar("noted", default=True)


def is_noted() -> bool:
    """Whether a note above the panels says what they show."""
    return _NOTED.get()


@contextmanager
def context(chosen: Style = WEB) -> Iterator[None]:
    """The project's settings on matplotlib's own defaults, whatever the user's are; they end with the block."""
    scale = chosen.font_size / FONT_SIZE
    settings = SETTINGS | {
        "figure.figsize": (chosen.width, 0.75 * chosen.width),
        "figure.dpi": chosen.dpi,
        "font.family": chosen.font,
        "mathtext.fontset": MATHEMATICS.get(chosen.font, "dejavusans"),
        "font.size": chosen.font_size,
        "lines.linewidth": chosen.line_width,
        **{key: size * scale for key, size in TEXT.items()},
        **{key: size * chosen.line_width for key, size in LINES.items()},
    }
    token = _NOTED.set(chosen.note)
    try:
        with matplotlib.style.context(settings, after_reset=True):
            yield
    finally:
        _NOTED.reset(token)


def figure_width() -> float:
    """The width of a figure, in inches."""
    return float(matplotlib.rcParams["figure.figsize"][0])


def scaled_to_font(length: float) -> float:
    """A length, in whatever unit, beside text of 7 points, for the text of this style."""
    return length * float(matplotlib.rcParams["font.size"]) / FONT_SIZE


def letters_that_fit(count: int) -> int:
    """How many letters have room over the whole width, where a report's column has room for `count`."""
    usual, chosen = (
        TextPath((0, 0), "pathwise", FONT_SIZE, prop=FontProperties(family=family)).get_extents().width
        for family in ("DejaVu Sans", None)
    )
    return int(count * figure_width() / scaled_to_font(COLUMN) * (usual / chosen))


def scaled_to_line(length: float) -> float:
    """A length, in points, beside lines of 1 point, for the lines of this style."""
    return length * float(matplotlib.rcParams["lines.linewidth"])


def scaled_to_area(area: float) -> float:
    """The area of a marker, in points squared, beside lines of 1 point, for the lines of this style."""
    return area * scaled_to_line(1) ** 2
