"""A figure as a report draws it, and what it shows, read back from its artists."""

import itertools

import numpy as np
from matplotlib import pyplot
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.text import Text

from bench import spec
from bench.drawing import style

WHITE = to_rgba("white")


def drawn(plugin: spec.Figure, tables) -> Figure:
    """The figure of the slice that it selects, of tables that hold something for it."""
    selection = plugin.select(tables)
    assert selection is not None
    return plugin.draw(selection)


def rounded(groups):
    """All rows of the groups in one sorted list, to 12 digits: seaborn takes them through a logarithm and back."""
    return sorted(tuple(float(f"{value:.12g}") for value in row) for group in groups for row in np.asarray(group))


def _scatter(figure: Figure, hollow: bool) -> list[tuple[float, float]]:
    collections = [c for axes in figure.axes for c in axes.collections if isinstance(c, PathCollection)]
    chosen = [c for c in collections if len(c.get_facecolor()) and (tuple(c.get_facecolor()[0]) == WHITE) == hollow]
    return rounded(c.get_offsets() for c in chosen)


def points(figure: Figure) -> list[tuple[float, float]]:
    """All markers, over all panels; those of a single exact value are lines in spirit and come along."""
    return _scatter(figure, hollow=False)


def hollows(figure: Figure) -> list[tuple[float, float]]:
    """The white hearts of the markers that are hollow."""
    return _scatter(figure, hollow=True)


def intervals(figure: Figure) -> list[tuple[float, float, float]]:
    """x, low and high of all intervals."""
    collections = [c for axes in figure.axes for c in axes.collections if isinstance(c, LineCollection)]
    ends = [segment for c in collections for segment in c.get_segments() if len(segment)]
    return rounded([[(low[0], low[1], high[1]) for low, high in ends]])


def lines(figure: Figure) -> list[tuple[float, float]]:
    """The vertices of all lines that follow data."""
    drawn = [(axes, line) for axes in figure.axes for line in axes.lines if line.get_linestyle() == "-"]
    return rounded(line.get_xydata() for axes, line in drawn if line.get_transform() == axes.transData)


def texts(figure: Figure) -> list[Text]:
    """Every text that is to be read, once the layout is done."""
    figure.draw_without_rendering()
    found = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    hidden = {id(label) for axes in figure.axes for label in _hidden_labels(axes)}
    return [text for text in found if id(text) not in hidden]


def _hidden_labels(axes):
    """Tick labels outside of the view, or of axes that are off: matplotlib keeps them and does not draw them."""
    for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        low, high = sorted(limits)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            outside = not low <= tick.get_loc() <= high
            yield from (tick.label1, tick.label2) if outside or not axes.axison or not axis.get_visible() else ()
        yield from (axis.label, axis.offsetText) if not axes.axison else ()


def overlaps(figure: Figure, shown: list[Text]) -> list[tuple[str, str]]:
    """The pairs of texts that lie over each other by more than a point, and texts that leave the page."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in shown]
    page, slack = figure.bbox, figure.dpi / 72
    pairs = [
        (one, two)
        for (one, a), (two, b) in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack
    ]
    cut = [
        (text, "the edge of the page")
        for text, box in boxes
        if box.x0 < page.x0 - slack or box.x1 > page.x1 + slack or box.y0 < page.y0 - slack or box.y1 > page.y1 + slack
    ]
    return pairs + cut


def require_readable(figure: Figure) -> list[Text]:
    """Hold a figure to one column of a page, and its texts, which it gives, to a size, no two over each other."""
    assert figure.get_size_inches()[0] == style.WEB.width
    assert figure.get_size_inches()[1] < 10
    shown = texts(figure)
    assert not overlaps(figure, shown)
    assert min(text.get_fontsize() for text in shown) >= 5.5
    assert not pyplot.get_fignums()
    return shown
