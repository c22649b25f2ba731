"""Both sides of a ratio of 1: the reference is better above, another estimator below, which is shaded."""

from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.text import Text

from bench.drawing import direct, style, words
from bench.drawing.direct import Taken

SHADE = "0.93"
ROOM = 0.16  # of the decades on one side that the other has at least, for its words


def limits(heights: Iterable[float]) -> list[float]:
    """Values that a log axis must hold beside these, so that there is room for words on both sides of 1."""
    positive = [value for value in heights if 0 < value < float("inf")]
    low, high = min(positive, default=1.0), max(positive, default=1.0)
    return [1.0, max(high, 1.0) ** -ROOM, min(low, 1.0) ** -ROOM]


def shade(axes: Axes) -> None:
    """Shade the side below 1, and draw the line."""
    bottom, top = axes.get_ylim()
    axes.axhspan(min(bottom, 1.0), 1.0, color=SHADE, linewidth=0, zorder=0)
    axes.axhline(1, color=style.GREY, linewidth=style.scaled_to_line(0.6), zorder=1)
    axes.set_ylim(bottom, top)


def names(reference: str, others: Sequence[str]) -> tuple[str, str]:
    """What is better above 1 and what below."""
    better = words.label(others[0]) if len(others) == 1 else "the other"
    return f"{words.label(reference)} better", f"{better} better"


def name(taken: Taken, above: str, below: str) -> list[Text]:
    """Write what is better on each side of a panel; nothing unless both find a place."""
    bottom, top = taken.axes.get_ylim()
    bands = [(above, 1.0, top)] if top > 1 else []
    bands += [(below, bottom, 1.0)] if bottom < 1 else []
    written = [direct.inside_band(taken, low, high, said, style.GREY) for said, low, high in bands]
    texts = [text for text in written if text]
    if len(texts) == len(bands):
        return texts
    for text in texts:
        text.remove()
    return []
