"""Ratios as colours: blue above 1, where the reference is better, red below; one bar for all panels.

Where all ratios are on one side, so are the scale and the bar; where they are on both, a map hatches the red one, which
shades of grey would not tell from the blue.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bench.drawing import style, words
from bench.spec import Floats

COLOURS = "RdBu"
HATCH, HATCHED = "/////", "0.35"  # of the side below 1
MOST_DECADES, FEWEST_DECADES = 3.0, 1.0  # beyond the most, the colour stays


class Scale(Normalize):
    """Decades of ratios to places on the whole scale of colours, of which the bar shows the side that occurs."""

    def __init__(self, decades: Iterable[float]) -> None:
        """From the decades that occur, as far from 1 as they go."""
        finite = [decade for decade in decades if np.isfinite(decade)]
        low, high = min(finite, default=0.0), max(finite, default=0.0)
        far = min(MOST_DECADES, max(FEWEST_DECADES, -low, high))
        super().__init__(-far, far)
        self.reach = (0.0 if low >= 0 and high > 0 else -far, 0.0 if high <= 0 and low < 0 else far)
        self.beyond = (low < -far, high > far)

    @property
    def both_sides(self) -> bool:
        """Whether there are ratios above 1 and below it."""
        return self.reach[0] < 0 < self.reach[1]


def hatch(axes: Axes, x: Floats, y: Floats, decades: Floats) -> None:
    """Hatch where the decades[y, x] of a ratio are below 0."""
    low = float(np.nanmin(decades))
    if low < 0:
        hatched = axes.contourf(x, y, decades, levels=[low - 1.0, 0.0], colors="none", hatches=[HATCH])
        hatched.set(edgecolor=HATCHED, linewidth=0.0)


def colour_bar(figure: Figure, axes: Sequence[Axes], scale: Scale, label: str, hatched: bool = False) -> None:
    """The colours' meaning, under all panels, the side below 1 hatched where it is in them."""
    aspect = 45 * style.figure_width() / style.scaled_to_font(style.COLUMN)
    low, high = scale.reach
    seen = colormaps[COLOURS](np.linspace(float(scale(low)), float(scale(high)), 256))
    colours = ScalarMappable(Normalize(low, high), LinearSegmentedColormap.from_list("ratios", [*map(tuple, seen)]))
    extend = {(False, False): "neither", (True, False): "min", (False, True): "max"}.get(scale.beyond, "both")
    bar = figure.colorbar(colours, ax=list(axes), orientation="horizontal", aspect=aspect, pad=0.02, extend=extend)
    bar.ax.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    bar.ax.xaxis.set_major_formatter(FuncFormatter(lambda decade, _: words.number(10**decade)))
    bar.set_label(label)
    if hatched:
        bar.ax.axvspan(low, 0.0, facecolor="none", edgecolor=HATCHED, hatch=HATCH, linewidth=0.0)
