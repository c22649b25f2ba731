"""Two figures as pictures, against those that were looked at: tests/figures/baseline.

A picture that is meant to change is drawn anew by `python -m tests.figures.test_pictures`.
"""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib import image

from bench import registry
from bench.drawing import style
from bench.drawing.render import render
from tests.support import synthetic
from tests.support.artists import drawn

BASELINE = Path(__file__).parent / "baseline"
FIGURES = {
    name: plugin for name, plugin in registry.load(kinds=["figure"]).plugins["figure"].items() if plugin.kind == "sweep"
}
LOOKS = {
    "variance_ratio_sigma": style.Style(width=5.5, font="STIXGeneral", font_size=8, dpi=72),
    "efficiency_map": replace(style.WEB, dpi=72),
}
LEAST_CHANGE = 0.005  # root mean square over all pixels, 0 to 1; what one moved point or one larger text is above


def picture(name, tables, look):
    with style.context(look):
        return render(drawn(FIGURES[name], tables), ["png"], "test")["png"]


def difference(one, other):
    """Root mean square of two pictures of one size, and 1 for those of two sizes."""
    a, b = (image.imread(io.BytesIO(data), format="png")[..., :3] for data in (one, other))
    return float(np.sqrt(np.mean((a - b) ** 2))) if a.shape == b.shape else 1.0


def tables():
    return synthetic.tables(sigma=[0.1, 1.0, 10.0], dataset_size=[1, 10], samples=[10])


@pytest.mark.parametrize("name", LOOKS)
def test_a_figure_looks_as_it_was_approved(name):
    assert difference(picture(name, tables(), LOOKS[name]), (BASELINE / f"{name}.png").read_bytes()) < LEAST_CHANGE


def moved(name):
    """One number of the tables ten times as large."""
    changed = tables()
    table, column = {"variance_ratio_sigma": ("ratios", "variance_ratio")}.get(name, ("efficiency", "efficiency_ratio"))
    frame = changed[table]
    cell = (frame["sigma"] == 1) & (frame["dataset_size"] == 10) & (frame["parameter"] == "mu")
    frame.loc[frame.index[cell][-1], column] *= 10
    return picture(name, changed, LOOKS[name])


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("change", ["a moved point", "larger text", "thicker lines"])
@pytest.mark.thinned(2)
def test_a_change_would_be_seen(name, change):
    look = LOOKS[name]
    changed = {
        "a moved point": lambda: moved(name),
        "larger text": lambda: picture(name, tables(), replace(look, font_size=look.font_size + 0.5)),
        "thicker lines": lambda: picture(name, tables(), replace(look, line_width=1.5)),
    }[change]()
    assert difference(changed, (BASELINE / f"{name}.png").read_bytes()) > LEAST_CHANGE


if __name__ == "__main__":
    for figure, look in LOOKS.items():
        (BASELINE / f"{figure}.png").write_bytes(picture(figure, tables(), look))
