"""Slices of the grid: which rows of a table are shown when not all axes can be, and which ones they are in words."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from bench.markup.numbers import number
from bench.spec import Slice

FACETS = ("objective", "variant", "latent", "sampler")  # what makes another panel
AXES = ("mu", "sigma", "dataset_size", "samples")  # what is cut to one value
PARAMETERS = ("mu", "sigma2")  # sigma and log_sigma have the ratios and the z-scores of sigma2


def measured(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    """The rows with a finite `value`, of the parameters that are shown."""
    rows = frame[np.isfinite(frame[value].astype(float))]  # an empty table has no numbers to know its type from
    return rows[rows["parameter"].isin(PARAMETERS)] if "parameter" in rows else rows


def middle(frame: pd.DataFrame, keys: Sequence[str]) -> tuple[pd.DataFrame, dict[str, float]]:
    """The rows at one value of each key: the middle one of the values that the most rows have."""
    chosen = {}
    for key in keys:
        counts = frame[key].value_counts()
        if not counts.empty:
            values = sorted(counts.index[counts == counts.max()])
            chosen[key] = values[len(values) // 2]
            frame = frame[(frame[key] == chosen[key]) | frame[key].isna()]
    return frame, chosen


def constants(frame: pd.DataFrame, keys: Iterable[str], chosen: Mapping[str, float]) -> str:
    """In words what all rows have in common: those `keys` that do not vary, and the values chosen."""
    words = []
    for key in keys:
        values = list(frame[key].unique()) if key in frame else []
        if len(values) == 1 and values[0]:
            words.append(f"{key} {values[0]}" if key in ("sampler", "data") else values[0])
    return ", ".join(words + [f"{key} = {number(value)}" for key, value in chosen.items()])


def select(tables: Mapping[str, pd.DataFrame], name: str, value: str, along: Sequence[str]) -> Slice | None:
    """The slice of a table with all values of the axes `along` and the middle of the others; None if it has no rows."""
    rows = tables[name].dropna(subset=[value, *along])
    if "parameter" in rows:
        rows = rows[rows["parameter"].isin(PARAMETERS)]
    rows, chosen = middle(rows, [key for key in AXES if key in rows and key not in along])
    numbers = rows[value].astype(float)
    positive = rows[np.isfinite(numbers) & (numbers > 0)]
    return None if positive.empty else Slice(positive, chosen, len(rows) - len(positive))
