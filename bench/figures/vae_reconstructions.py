"""Held-out digits and what autoencoders make of them that were trained with each estimator."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from bench.drawing import style
from bench.drawing.named import groups
from bench.spec import Figure, Floats, Slice

SIDE, GAP = 8, 1  # pixels of a digit, and white between two
PAPER, INK = "white", 1.0


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
    """For each L a sheet: the digits on top, a line for each estimator."""
    frame = selection.frame
    digits, fitted = frame[frame["estimator"] == ""], frame[frame["estimator"] != ""]
    sheets = list(fitted.groupby("dimension"))
    lines = [("digit", digits)]
    count = max(len(groups(rows)) for _, rows in sheets) + 1
    letters = style.scaled_to_font(1.25)  # inches for the words at the left
    line = (style.figure_width() - letters) / max(1, len(digits))
    tall = len(sheets) * (count * line + style.scaled_to_font(0.2)) + style.scaled_to_font(0.3)
    figure = Drawing(figsize=(style.figure_width(), tall), layout="constrained")
    figure.suptitle(f"K = {selection.chosen['samples']:.0f} draws for each digit of a batch", color=style.GREY)
    for axes, (dimension, rows) in zip(figure.subplots(len(sheets), squeeze=False)[:, 0], sheets, strict=True):
        _sheet(axes, lines + [(name.words, curve) for name, curve in groups(rows)])
        axes.set_title(f"L = {dimension:.0f}")
    return figure


def _sheet(axes: Axes, lines: list[tuple[str, pd.DataFrame]]) -> None:
    """One picture of all lines."""
    pictures = [_line(rows) for _, rows in lines]
    image = np.concatenate([np.pad(picture, ((0, GAP), (0, 0)), constant_values=np.nan) for picture in pictures])
    axes.imshow(image, cmap="Greys", vmin=0, vmax=INK, interpolation="nearest")
    axes.set_yticks([(SIDE + GAP) * i + (SIDE - 1) / 2 for i in range(len(lines))], [words for words, _ in lines])
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)


def _line(rows: pd.DataFrame) -> Floats:
    """The pictures of some rows side by side, in the order of the digits."""
    pixels = rows.sort_values("digit")[[f"pixel_{i}" for i in range(SIDE * SIDE)]].to_numpy(float)
    images = pixels.reshape(-1, SIDE, SIDE)
    return np.concatenate([np.pad(image, ((0, 0), (0, GAP)), constant_values=np.nan) for image in images], axis=1)


PLUGIN = Figure(
    name="vae_reconstructions",
    title="Reconstructions of held-out digits",
    caption="The first held-out digit of each class, and the mean picture that the decoder gives at the mean of the "
    "encoder's q, after the last step, L latent components; all fits began with the same weights and saw the same "
    "batches.",
    select=select,
    draw=draw,
)
