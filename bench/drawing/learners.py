"""Panels for the learners of a fit: a panel for each setting, the estimators in it, all in words and signs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bench.drawing import curves, style
from bench.drawing.palette import look
from bench.drawing.panels import Panel, grid
from bench.markup.numbers import number
from bench.spec import Slice

FACETS = (
    *("objective", "latent", "family", "start", "components", "entropy", "data", "dataset_size", "sampler"),
    *("parameterisation", "optimiser", "schedule", "learning_rate"),
)  # another row of panels each
COLUMN = "samples"  # what the panels of a row differ in
SIGNS: Mapping[str, str] = {
    **{name: rf"$\{name}$" for name in ("mu", "sigma", "alpha", "beta")},
    "sigma2": r"$\sigma^2$",
    "log_sigma": r"$\log\,\sigma$",
    "softplus": "the inverse of softplus",
}
OPTIMISERS = {"sgd": "SGD", "adam": "Adam"}
NAMES = {word.lower(): word for word in ("Gaussian", "KL", "Monte", "Carlo")}
DOT: Mapping[str, Any] = {"color": style.GREY, "linewidth": 0}


def in_words(name: str) -> str:
    """The name of an estimator or an objective without underscores: score function, spsa (h=0.1)."""
    head, bracket, rest = name.partition("(")
    words = " ".join(NAMES.get(word, word) for word in head.replace("_", " ").split(" "))
    return words + (f" ({rest}" if bracket else "")


def sign(name: str) -> str:
    """The sign of a parameter, or its name."""
    return SIGNS.get(name, name.replace("_", " "))


def worded(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with what tells settings apart in words."""
    values = frame["variant"].str.replace("=", " = ").str.replace(",", ", ")
    return frame.assign(
        objective=frame["objective"].map(in_words) + values.map(lambda text: text and f", {text}"),
        latent=frame["latent"].map(lambda name: name and f"{in_words(name)} latent"),
        start=frame["start"].map(_start),
        entropy=frame["entropy"].map(in_words),
        parameterisation=frame["parameterisation"].map(lambda name: f"in {sign(name)}" if name else ""),
        optimiser=frame["optimiser"].map(lambda name: OPTIMISERS.get(name, name)),
        schedule=frame["schedule"].map(lambda name: f"{name} schedule" if name else ""),
        learning_rate=frame["learning_rate"].map(lambda rate: f"rate {number(rate)}"),
        dataset_size=frame["dataset_size"].map(lambda n: "" if pd.isna(n) else f"$n$ = {number(n)}"),
        samples=frame["samples"].map(lambda k: f"$K$ = {number(k)}"),
    )


def _start(theta: str) -> str:
    """Where it began: from mu = 0, sigma = 1; lists stay as they are."""
    if "[" in theta:
        return f"from {theta}"
    pairs = [pair.partition("=") for pair in theta.split(",") if pair]
    return f"from {' and '.join(f'{sign(name)} = {value}' for name, _, value in pairs)}"


def panels(
    selection: Slice, height: float, together: Sequence[str] = (), x: str = "", also: str = ""
) -> tuple[Figure, list[Panel]]:
    """A figure with a panel for each setting; facets in `together` share a panel. `x` and `also` as for `grid`."""
    rows = [*(name for name in FACETS if name not in together), *([x] if x else [])]
    return grid(replace(selection, frame=worded(selection.frame)), rows, COLUMN, height, x, (*FACETS, COLUMN), also)


def estimators(frame: pd.DataFrame) -> list[str]:
    """The estimators of some rows, in the order of the tables."""
    return [str(name) for name in frame["estimator"].unique()]


def legend(figure: Figure, names: Iterable[str], others: Sequence[Line2D] = (), line: bool = True) -> None:
    """The estimators in words, then other handles."""
    size, width = style.scaled_to_line(3.5), style.scaled_to_line(1.0 if line else 0.0)
    handles = [
        Line2D([], [], color=seen.colour, marker=seen.marker, markersize=size, linewidth=width, label=in_words(name))
        for name, seen in ((name, look(name)) for name in names)
    ]
    curves.legend(figure, [*handles, *others])
