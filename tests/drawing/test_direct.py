"""Words beside curves: on nothing else, inside the panel, or nowhere."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from bench.drawing import direct, style
from bench.drawing.direct import Taken

LINE = np.array([[1.0, 2.0], [10.0, 2.0]])


@pytest.fixture
def axes() -> Axes:
    """Logarithmic axes with a level line, laid out in the style of a report."""
    with style.context():
        figure = Figure(figsize=(3, 2), layout="constrained")
        axes = figure.add_subplot()
        axes.set(xscale="log", yscale="log", xlim=(1, 10), ylim=(1, 10))
        axes.plot(*LINE.T)
        figure.draw_without_rendering()
        return axes


def test_a_curve_is_named_beside_it_and_the_next_one_elsewhere(axes: Axes) -> None:
    taken = Taken(axes)
    first, second = (direct.beside_curve(taken, LINE, "score function", "black") for _ in range(2))
    assert first
    assert second
    boxes = [text.get_window_extent() for text in (first, second)]
    assert not boxes[0].overlaps(boxes[1])
    assert not any(Taken(axes).hidden_by(box) for box in boxes)


def test_where_there_is_no_room_nothing_is_written(axes: Axes) -> None:
    taken = Taken(axes)
    assert direct.beside_curve(taken, LINE, "a name that is far longer than the panel is wide " * 2, "black") is None
    assert direct.beside_curve(taken, 100 * LINE, "outside", "black") is None
    assert direct.inside_band(taken, 1.0, 1.05, "a band that is too low", "black") is None
    assert not axes.texts
    assert direct.inside_band(taken, 3.0, 9.0, "a band with room", "black")


def test_a_marker_is_as_large_as_it_is_drawn(axes: Axes) -> None:
    """Words that begin within its size hide it, those beyond do not."""
    axes.scatter([5.0], [5.0], s=36, marker="D")
    x, y = axes.transData.transform((5.0, 5.0))
    tip = 6 * np.sqrt(0.5) * axes.figure.dpi / 72
    below = {off: Bbox.from_extents(x - 20, y - 30, x + 20, y - off) for off in (0.999 * tip, 1.001 * tip)}
    assert [Taken(axes).hidden_by(box) > 0 for box in below.values()] == [True, False]


def test_a_box_on_the_line_hides_it(axes: Axes) -> None:
    on_it = axes.text(2, 2, "on it", va="center")
    assert Taken(axes).hidden_by(on_it.get_window_extent()) > 0
