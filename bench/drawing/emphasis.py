"""Which of many curves stand out: the reference, the score function, the best ones and those asked for."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bench.drawing import choices
from bench.drawing.choices import REST
from bench.tables import slices

MOST = 8  # curves in colour; of more, only these stand out:
USUAL, BEST = ("pathwise", "score_function"), 2
FAINT = "0.75"  # the colour of the others


def standing_out(frame: pd.DataFrame, by: str, value: str, cell: Sequence[str]) -> list[str]:
    """The names in column `by` whose curves are in colour; others are grey. `cell` is what values are compared in."""
    names = [str(name) for name in frame[by].unique()]
    wanted = [name for name in choices.current().estimators or () if name != REST]
    if wanted:
        return [name for name in names if choices.is_named(name, wanted)]
    if len(names) <= MOST:
        return names
    reference = slices.reference(frame) if "denominator" in frame else USUAL[0]
    chosen = {reference, *USUAL, *_best(frame, by, value, cell)}
    return [name for name in names if name in chosen]


def _best(frame: pd.DataFrame, by: str, value: str, cell: Sequence[str]) -> list[str]:
    """The names with the least geometric mean over the cells, of those that are in half of them or more."""
    rows = frame[frame[value] > 0]
    decades = np.log10(rows[value].astype(float))
    above = decades - decades.groupby([rows[key] for key in cell], dropna=False).transform("min")
    means = above.groupby(rows[by], sort=False).agg(["mean", "size"])
    often = means[means["size"] >= means["size"].max() / 2]
    return [str(name) for name in often["mean"].sort_values(kind="stable").index[:BEST]]
