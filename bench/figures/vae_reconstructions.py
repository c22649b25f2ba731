"""Held-out digits and what autoencoders make of them that were trained with each estimator."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from bench.drawing import style
from bench.drawing.named import groups
from bench.spec import Figure, Floats, Slice

SIDE, GAP = 8, 1  # pixels of a digit, and white between two
LEVELS = 16  # of grey, those of the digits themselves
LETTERS, TITLE, LEAST = 1.36, 0.22, 2.4  # inches beside text of 7 points: words, a title, the narrowest sheet


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The digits, and their reconstructions by the fits with the most draws."""
    if "reconstructions" not in tables:
        return None
    rows = tables["reconstructions"]
    fitted = rows["estimator"] != ""
    most = rows["samples"][fitted].max()
    chosen = rows[~fitted | (rows["samples"] == most)]
    return None if rows[fitted].empty else Slice(chosen, {"samples": float(most)})


def draw(selection: Slice) -> Drawing:
    """For each L a sheet: the digits on top, a line for each estimator; sheets side by side where there is space."""
    frame = selection.frame
    digits, fitted = frame[frame["estimator"] == ""], frame[frame["estimator"] != ""]
    sheets = list(fitted.groupby("dimension"))
    count = 1 + max(len(groups(rows)) for _, rows in sheets)
    letters, title, edge = (style.scaled_to_font(length) for length in (LETTERS, TITLE, 0.05))
    beside = min(len(sheets), max(1, int(style.figure_width() // style.scaled_to_font(LEAST))))
    across = style.figure_width() / beside
    line = (across - letters - edge) / len(digits)
    deep, sheet = math.ceil(len(sheets) / beside), count * line + title
    tall = deep * sheet + title + edge
    figure = Drawing(figsize=(style.figure_width(), tall))
    words = f"K = {selection.chosen['samples']:.0f} draws for each digit of a batch"
    figure.suptitle(words, color=style.GREY, y=1 - edge / tall, va="top")
    for i, (dimension, rows) in enumerate(sheets):
        left, bottom = i % beside * across + letters, tall - title - (i // beside + 1) * sheet
        size = (across - letters - edge, count * line)
        axes = figure.add_axes(
            (left / style.figure_width(), bottom / tall, size[0] / style.figure_width(), size[1] / tall)
        )
        _sheet(axes, [("digit", digits), *((name.words, lines) for name, lines in groups(rows))])
        axes.set_title(f"L = {dimension:.0f}")
    return figure


def _sheet(axes: Axes, lines: list[tuple[str, pd.DataFrame]]) -> None:
    """One picture of all lines."""
    pictures = [_line(rows) for _, rows in lines]
    image = np.concatenate([np.pad(picture, ((0, GAP), (0, 0))) for picture in pictures])
    for level in range(1, LEVELS + 1):
        if (squares := np.argwhere(np.rint(image * LEVELS) == level)).size:
            axes.add_patch(PathPatch(_path(squares), facecolor=str(1 - level / LEVELS), linewidth=0, antialiased=False))
    axes.set(xlim=(0, image.shape[1]), ylim=(image.shape[0], 0))
    axes.set_yticks([(SIDE + GAP) * i + SIDE / 2 for i in range(len(lines))], [words for words, _ in lines])
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)


def _path(squares: NDArray[Any]) -> Path:
    """One path around all squares [n, (row, column)]: a picture of pixels is none of the shapes that TeX can draw."""
    corners = squares[:, None, ::-1] + np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    return Path(corners.reshape(-1, 2), codes * len(squares))


def _line(rows: pd.DataFrame) -> Floats:
    """The pictures of some rows side by side, in the order of the digits."""
    pixels = rows.sort_values("digit")[[f"pixel_{i}" for i in range(SIDE * SIDE)]].to_numpy(float)
    images = pixels.reshape(-1, SIDE, SIDE)
    return np.concatenate([np.pad(image, ((0, 0), (0, GAP))) for image in images], axis=1)


PLUGIN = Figure(
    name="vae_reconstructions",
    title="Reconstructions of held-out digits",
    caption="The first held-out digit of each class, and the mean picture that the decoder gives at the mean of the "
    "encoder's q, after the last step, L latent components; all fits began with the same weights and saw the same "
    "batches.",
    select=select,
    draw=draw,
    kind="fit",
)
