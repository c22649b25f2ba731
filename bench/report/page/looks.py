"""The colours and markers of the figures for the explorer: an outline in SVG for each marker of matplotlib."""

from collections.abc import Iterable

import numpy as np
from matplotlib.markers import MarkerStyle

from bench.drawing import palette

RADIUS = 5.0  # of a marker, in CSS pixels


def looks(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """The colour and the outline of each estimator."""
    chosen = {name: palette.look(name) for name in sorted(names)}
    return {name: {"colour": look.colour, "outline": outline(look.marker)} for name, look in chosen.items()}


def outline(marker: str) -> str:
    """The path of a marker around (0, 0), y downwards as in SVG."""
    shape = MarkerStyle(marker)
    path = shape.get_path().transformed(shape.get_transform())
    polygons = [np.asarray(polygon) * [2 * RADIUS, -2 * RADIUS] for polygon in path.to_polygons()]
    return "".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in polygon) + "Z" for polygon in polygons)
