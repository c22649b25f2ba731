"""Words beside what they name: at the first of some places where they lie on no curve and on no other words.

Places are in pixels, so a figure must have its layout before.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bench.drawing import style
from bench.spec import Floats

AWAY = 3.5  # points between a curve and the middle of the edge of its name
STEP = 2.0  # pixels between two points of a curve that are looked at
FRACTIONS = (0.97, 0.03, 0.8, 0.2, 0.6, 0.4, 0.5)  # of the way along a curve
CORNERS = ((0.98, "right"), (0.02, "left"), (0.5, "center"))  # of a band, and how words stand there
ENDS = np.sqrt(0.5) * np.array([(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)])  # of a marker, in its size; a diamond's tips


class Taken:
    """What already lies in a panel: points of curves, markers and intervals, and the boxes of words."""

    def __init__(self, axes: Axes) -> None:
        """Of all that is drawn so far on axes whose layout is done."""
        self.axes, self.boxes = axes, [text.get_window_extent() for text in axes.texts]
        pieces = [_dense(line.get_transform().transform(line.get_xydata())) for line in axes.lines]
        for collection in axes.collections:
            if isinstance(collection, LineCollection):
                pieces += [_dense(axes.transData.transform(segment)) for segment in collection.get_segments()]
            elif isinstance(collection, PathCollection):
                centres = axes.transData.transform(np.asarray(collection.get_offsets()))
                size = float(np.sqrt(np.max(collection.get_sizes(), initial=0.0))) * axes.figure.dpi / 72
                pieces.append((centres[:, None] + size * ENDS).reshape(-1, 2))
        self.points = np.concatenate([np.empty((0, 2)), *pieces])

    def is_free(self, box: Bbox) -> bool:
        """Whether a box lies inside the panel, on nothing else."""
        page = self.axes.get_window_extent()
        inside = page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1
        return inside and not self.hidden_by(box) and not any(box.overlaps(other) for other in self.boxes)

    def hidden_by(self, box: Bbox) -> int:
        """How many of the points a box would hide."""
        x, y = self.points.T
        return int(((x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)).sum())


def beside_curve(taken: Taken, curve: Floats, words: str, colour: str) -> Text | None:
    """Name a curve, vertices [m, 2] in data, above or below one of its points; None where there is no room."""
    pixels = _dense(taken.axes.transData.transform(curve))
    seen = pixels[[taken.axes.bbox.contains(*point) for point in pixels]]
    if len(seen) == 0:
        return None
    away = style.scaled_to_font(AWAY) * taken.axes.figure.dpi / 72
    places = (
        (*(seen[int(fraction * (len(seen) - 1))] + (0, side * away)), align, "bottom" if side > 0 else "top")
        for fraction in FRACTIONS
        for side in (1, -1)
        for align in (("right", "center") if fraction > 0.5 else ("left", "center"))
    )
    return _first(taken, places, words, colour)


def inside_band(taken: Taken, low: float, high: float, words: str, colour: str) -> Text | None:
    """Words in the band between two heights in data; None where there is no room."""
    bottom, top = sorted(taken.axes.transData.transform([(0, low), (0, high)])[:, 1] if low > 0 else (0.0, 0.0))
    page = taken.axes.get_window_extent()
    bottom, top = max(bottom, page.y0), min(top, page.y1)
    near = style.scaled_to_font(1.0) * taken.axes.figure.dpi / 72
    places = (
        (page.x0 + share * page.width, y, align, vertical)
        for y, vertical in ((top - near, "top"), (bottom + near, "bottom"))
        for share, align in CORNERS
    )
    text = _first(taken, places, words, colour)
    if text and not (bottom <= text.get_window_extent().y0 and text.get_window_extent().y1 <= top):
        text.remove()
        taken.boxes.pop()
        return None
    return text


def _first(taken: Taken, places: Iterator[tuple[float, float, str, str]], words: str, colour: str) -> Text | None:
    """The words at the first of the places, in pixels, that is free."""
    axes, size = taken.axes, style.scaled_to_font(6.0)
    inverse = axes.transAxes.inverted()
    text = axes.text(0, 0, words, color=colour, fontsize=size, transform=axes.transAxes, zorder=5)
    text.set_in_layout(False)
    for x, y, align, vertical in places:
        text.set(position=tuple(inverse.transform((x, y))), ha=align, va=vertical)
        box = text.get_window_extent()
        if taken.is_free(box):
            taken.boxes.append(box)
            return text
    text.remove()
    return None


def _dense(vertices: Sequence[Sequence[float]] | Floats) -> Floats:
    """Points of a polyline no farther from each other than STEP, as far as they are finite."""
    points: Floats = np.asarray(vertices, dtype=np.float64)
    points = points[np.isfinite(points).all(axis=1)]
    if len(points) < 2:
        return points
    lengths = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    places = np.linspace(0.0, along[-1], min(4000, int(along[-1] / STEP) + 2))
    dense: Floats = np.stack([np.interp(places, along, points[:, i]) for i in range(2)], axis=1, dtype=np.float64)
    return dense
