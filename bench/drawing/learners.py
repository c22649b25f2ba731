"""Panels for the learners of a fit: a panel for each setting, the estimators in it, all in words and signs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bench.drawing import choices, keys, style, words
from bench.drawing.palette import look
from bench.drawing.panels import Panel, grid
from bench.markup.mathematics import plain
from bench.spec import Slice

FACETS = (
    *("objective", "latent", "family", "start", "components", "entropy", "data", "dataset_size", "sampler"),
    *("parameterisation", "optimiser", "schedule", "learning_rate"),
)  # another row of panels each
COLUMN = "samples"  # what the panels of a row differ in
OPTIMISERS = {"sgd": "SGD", "adam": "Adam"}
DOT: Mapping[str, Any] = {"color": style.GREY, "linewidth": 0}


def in_words(name: str) -> str:
    """The name of an estimator or an objective in words, without mathematics: score function, SPSA (h = 0.1)."""
    return plain(words.label(name))


def worded(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with what tells settings apart in words."""
    return frame.assign(
        objective=frame["objective"].map(words.label)
        + frame["variant"].map(lambda variant: variant and f", {words.assignments(variant)}"),
        latent=frame["latent"].map(lambda name: name and words.told("latent", name)),
        start=frame["start"].map(_start),
        entropy=frame["entropy"].map(lambda name: words.told("entropy", name)),
        parameterisation=frame["parameterisation"].map(lambda name: f"in {words.symbol(name)}" if name else ""),
        optimiser=frame["optimiser"].map(lambda name: OPTIMISERS.get(name, name)),
        schedule=frame["schedule"].map(lambda name: f"{name} schedule" if name else ""),
        learning_rate=frame["learning_rate"].map(lambda rate: f"rate {words.number(rate)}"),
        dataset_size=frame["dataset_size"].map(lambda n: "" if pd.isna(n) else words.assigned("dataset_size", n)),
        samples=frame["samples"].map(lambda k: words.assigned("samples", k)),
    )


def _start(theta: str) -> str:
    """Where it began: from mu = 0 and sigma = 1, or from mu = [1, -2]."""
    return f"from {words.listed(words.pairs(theta))}"


def panels(
    selection: Slice, height: float, together: Sequence[str] = (), x: str = "", also: str = ""
) -> tuple[Figure, list[Panel]]:
    """A figure with a panel for each setting; facets in `together` share a panel. `x` and `also` as for `grid`."""
    rows = [*(name for name in FACETS if name not in together), *([x] if x else [])]
    rows, column = choices.panels(selection.frame, rows, COLUMN)
    return grid(replace(selection, frame=worded(selection.frame)), rows, column, height, x, (*FACETS, COLUMN), also)


def estimators(frame: pd.DataFrame) -> list[str]:
    """The estimators of some rows, in the order of the tables."""
    return [str(name) for name in frame["estimator"].unique()]


def legend(
    figure: Figure, names: Iterable[str], others: Sequence[Line2D] = (), line: bool = True, length: float | None = None
) -> None:
    """The estimators in words, then other handles; lines of some length, in letters."""
    size, width = style.scaled_to_line(3.5), style.scaled_to_line(1.0 if line else 0.0)
    handles = [
        Line2D([], [], color=seen.colour, marker=seen.marker, markersize=size, linewidth=width, label=words.label(name))
        for name, seen in ((name, look(name)) for name in names)
    ]
    keys.legend(figure, [*handles, *others], length)
