"""The colours and markers of the figures for the explorer: an outline in SVG for each marker of matplotlib."""

from collections.abc import Iterable

import numpy as np
from matplotlib.colors import to_hex, to_rgb
from matplotlib.markers import MarkerStyle

from bench.drawing import palette
from bench.drawing.learners import in_words

RADIUS = 5.0  # of a marker, in CSS pixels
DARK = "#14181f"  # behind the page where a reader likes it dark
CONTRAST = 4.5  # of a mark there, as of text


def looks(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """The colour of each estimator, its paint for light and dark pages, the outline of its mark, and its name."""
    chosen = {name: palette.look(name) for name in sorted(names)}
    return {
        name: {
            "colour": look.colour,
            "paint": f"light-dark({look.colour}, {lightened(look.colour)})",
            "outline": outline(look.marker),
            "label": in_words(name),
        }
        for name, look in chosen.items()
    }


def lightened(colour: str) -> str:
    """The colour with as much white as it takes to stand out from a dark page."""
    pure = np.array(to_rgb(colour))
    mixed = (pure + (1 - pure) * share for share in np.linspace(0, 1, 51))
    return next(to_hex(mix) for mix in mixed if contrast(to_hex(mix), DARK) >= CONTRAST)


def contrast(colour: str, other: str) -> float:
    """How much two colours differ in luminance, from 1 to 21, as WCAG 2 has it."""
    darker, lighter = sorted(map(_luminance, (colour, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = np.array(to_rgb(colour))
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def outline(marker: str) -> str:
    """The path of a marker around (0, 0), y downwards as in SVG."""
    shape = MarkerStyle(marker)
    path = shape.get_path().transformed(shape.get_transform())
    polygons = [np.asarray(polygon) * [2 * RADIUS, -2 * RADIUS] for polygon in path.to_polygons()]
    return "".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in polygon) + "Z" for polygon in polygons)
