"""Ratios as colours: blue above 1, where the reference is better, red below; one bar for all panels."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bench.drawing import style
from bench.markup.numbers import number

COLOURS = "RdBu"
MOST_DECADES, FEWEST_DECADES = 3.0, 1.0  # beyond the most, the colour stays


def scale_of(largest: float) -> Normalize:
    """The scale of decades of ratios that go so far from 1, in either direction."""
    reach = min(MOST_DECADES, max(FEWEST_DECADES, largest))
    return Normalize(-reach, reach)


def colour_bar(figure: Figure, axes: Sequence[Axes], scale: Normalize, label: str) -> None:
    """The colours' meaning, under all panels."""
    aspect = 45 * style.figure_width() / style.scaled_to_font(style.COLUMN)
    colours = ScalarMappable(scale, COLOURS)
    bar = figure.colorbar(colours, ax=list(axes), orientation="horizontal", aspect=aspect, pad=0.02, extend="both")
    bar.ax.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    bar.ax.xaxis.set_major_formatter(FuncFormatter(lambda decade, _: number(10**decade)))
    bar.set_label(label)
