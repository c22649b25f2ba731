"""The estimators of an autoencoder's encoder in words, each with its look, in the order in which they are shown.

Sticking the landing is the pathwise estimator with another treatment of the entropy, so it has the hue of that method.
"""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.lines import Line2D

from bench.drawing import style
from bench.drawing.palette import Look, look

WORDS = {
    ("score_function", "closed_form"): "score function, whole batch",
    ("score_function_local", "closed_form"): "score function, own term",
    ("score_function_loo", "closed_form"): "leave-one-out",
    ("pathwise", "closed_form"): "pathwise",
    ("pathwise", "sticking_the_landing"): "sticking the landing",
}
LANDING = Look("#4FA9E3", "v")


class Named(NamedTuple):
    """An estimator in words, and its look."""

    words: str
    look: Look


def named(estimator: str, entropy: str) -> Named:
    """The words and the look of an estimator with a treatment of the entropy."""
    words = WORDS.get((estimator, entropy), f"{estimator}, {entropy}".replace("_", " "))
    return Named(words, LANDING if entropy == "sticking_the_landing" else look(estimator))


def groups(frame: pd.DataFrame) -> list[tuple[Named, pd.DataFrame]]:
    """The rows of each estimator, in the order of WORDS."""
    order = list(WORDS)
    keys = [key for key, _ in frame.groupby(["estimator", "entropy"], sort=False)]
    keys.sort(key=lambda key: order.index(key) if key in order else len(order))
    return [(named(*key), frame[(frame["estimator"] == key[0]) & (frame["entropy"] == key[1])]) for key in keys]


def handles(names: list[Named]) -> list[Line2D]:
    """Entries of a legend."""
    return [Line2D([], [], color=look.colour, marker=look.marker, label=words, **strokes()) for words, look in names]


def strokes() -> dict[str, Any]:
    """The sizes of a curve through checkpoints."""
    return {"markersize": style.scaled_to_line(2.6), "linewidth": style.scaled_to_line(0.8), "markeredgewidth": 0}


def level() -> dict[str, Any]:
    """The colour and the dashes of a line that curves are held against."""
    return {"color": style.GREY, "linestyle": "--", "linewidth": style.scaled_to_line(0.7)}
