"""The curves of a panel of learners: one for each estimator, or one for each treatment of the entropy that it is given.

The colour and the marker are the estimator's; dashes and the filling of the marker tell the treatment, where learners
in a setting differ in it. Treatments whose numbers are the same everywhere are one curve.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bench.drawing import learners, style, words
from bench.drawing.palette import Look, look
from bench.tables.firsts import ALIKE, SAME, names

DASHES: Mapping[str, Any] = {"closed_form": (0, (5, 1, 1, 1)), "monte_carlo": (0, (1, 1))}
DASHED = 3.6  # letters that a line in the legend is long, so that its dashes are seen beside the marker
FILLINGS: Mapping[str, Mapping[str, Any]] = {
    "closed_form": {"markerfacecolor": "white"},
    "monte_carlo": {"fillstyle": "left", "markerfacecoloralt": "white"},
}


class Strand(NamedTuple):
    """A curve: its estimator, and the treatments of the entropy that it stands for, none where they are not told."""

    estimator: str
    entropies: tuple[str, ...] = ()

    @property
    def look(self) -> Look:
        """Its colour and its marker."""
        return look(self.estimator)

    @property
    def dashes(self) -> Any:
        """The style of its line."""
        return DASHES.get("".join(self.entropies[:1]), "-")

    @property
    def filling(self) -> Mapping[str, Any]:
        """How its marker is filled."""
        return FILLINGS.get("".join(self.entropies[:1]), {})


def strands(frame: pd.DataFrame, along: str, values: Sequence[str]) -> tuple[pd.DataFrame, list[Strand]]:
    """The rows with the number of their curve as `strand`, those of a curve that repeats another left out; the curves.

    `values` along `along` are what is drawn.
    """
    named, frames = names(frame), dict[Strand, pd.DataFrame]()
    for estimator in frame["estimator"].unique():
        for name in named[frame["estimator"] == estimator].unique():
            rows = frame[named == name]
            treated = () if name == estimator else (str(rows["entropy"].iloc[0]),)
            alike = (strand for strand, others in frames.items() if _same(strand, others, rows, along, values))
            twin = next(alike, None) if treated else None
            if twin:
                merged = Strand(twin.estimator, (*twin.entropies, *treated))
                frames = {merged if strand == twin else strand: others for strand, others in frames.items()}
            else:
                frames[Strand(str(estimator), treated)] = rows
    numbered = pd.concat([rows.assign(strand=i) for i, rows in enumerate(frames.values())])
    return numbered.loc[[label for label in frame.index if label in numbered.index]], [*frames]


def _same(strand: Strand, others: pd.DataFrame, rows: pd.DataFrame, along: str, values: Sequence[str]) -> bool:
    """Whether the rows repeat those of a curve."""
    keys = [*ALIKE, "estimator", along]
    left, right = (some[keys].reset_index(drop=True) for some in (others, rows))
    drawn, repeated = (some[[*values]].to_numpy(float) for some in (others, rows))
    if not strand.entropies or not left.equals(right):
        return False
    return np.allclose(drawn, repeated, rtol=SAME, atol=0, equal_nan=True)


def note(several: Sequence[Strand]) -> str:
    """Which curves stand for more than one treatment."""
    return ", ".join(
        f"{words.label(strand.estimator)} has one curve for {words.listed([*map(words.label, strand.entropies)])}: "
        "they coincide"
        for strand in several
        if len(strand.entropies) > 1
    )


def legend(figure: Figure, several: Sequence[Strand], others: Sequence[Line2D] = (), line: bool = True) -> None:
    """The estimators in their colours, the treatments in their dashes, then other handles."""
    grey: dict[str, Any] = {"color": style.GREY, "marker": "o", "markersize": style.scaled_to_line(3.5)}
    treatments = []
    for name in dict.fromkeys(name for strand in several for name in strand.entropies):
        strand = Strand("", (name,))
        dashed = {"linestyle": strand.dashes, "linewidth": style.scaled_to_line(1.0)} if line else {"linestyle": ""}
        treatments.append(Line2D([], [], label=words.label(name), **grey, **dashed, **strand.filling))
    names, length = dict.fromkeys(strand.estimator for strand in several), DASHED if line and treatments else None
    learners.legend(figure, names, [*treatments, *others], line, length)
