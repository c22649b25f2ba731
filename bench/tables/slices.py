"""Slices of the grid: which rows of a table are shown when not all axes can be, and which ones they are in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from bench.markup.numbers import number
from bench.spec import Slice
from bench.tables.ratios import to_itself

FACETS = ("objective", "variant", "latent", "family", "theta", "components", "entropy", "sampler")  # another panel each
AXES = ("mu", "sigma", "dataset_size", "samples")  # what is cut to one value
NORMAL = "normal"
AS_SIGMA2 = ("sigma", "log_sigma", "softplus")  # of the normal, whose ratios and z-scores are those of sigma2
FIRST = ("mu", "sigma2", "shared", "per_datum", "direct", "collapsed")  # from left to right; others as they appear
NAMED = (
    "family",
    "components",
    "entropy",
    "sampler",
    "data",
    "parameter",
)  # keys whose values do not say what they are


def measured(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    """The rows with a finite `value`, of the parameters that are shown; of ratios those to the reference."""
    return _finite(to_reference(frame), value)


def between_samplers(ratios: pd.DataFrame, value: str) -> pd.DataFrame:
    """The other ratios with a finite `value`: of one estimator with the draws of two samplers."""
    return _finite(ratios.drop(to_reference(ratios).index), value)


def _finite(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    return shown(frame[np.isfinite(frame[value].astype(float))])  # an empty table has no numbers to know its type from


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the parameters that are shown: all that do not repeat what another one tells."""
    if "parameter" not in rows:
        return rows
    return rows[(rows["family"] != NORMAL) | ~rows["parameter"].isin(AS_SIGMA2)]


def to_reference(rows: pd.DataFrame) -> pd.DataFrame:
    """The ratios of several estimators to one, unlike those of each to itself in another cell."""
    if "denominator" not in rows:
        return rows
    pairs = zip(rows["numerator"], rows["denominator"], strict=True)
    itself = np.array([to_itself(numerator, denominator) for numerator, denominator in pairs], dtype=bool)
    return rows[~itself | rows["denominator"].isin(rows.loc[~itself, "denominator"])]


def left_to_right(values: Iterable[str]) -> list[str]:
    """Different values in the order in which they stand beside each other."""
    distinct = dict.fromkeys(values)
    return [*(value for value in FIRST if value in distinct), *(value for value in distinct if value not in FIRST)]


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


def middle_theta(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows at one theta of each family, the middle one in plan order; those with lists in theta all stay."""
    if "theta" not in rows:
        return rows
    keep = []
    for _, group in rows.groupby("family", sort=False):
        texts = [text for text in group["theta"].unique() if _numbers(text)]
        chosen = texts[len(texts) // 2] if texts else ""
        keep.append(group[group["theta"].map(lambda text, chosen=chosen: text == chosen or not _numbers(text))])
    return rows[rows.index.isin(pd.concat(keep).index)] if keep else rows


def constants(frame: pd.DataFrame, keys: Iterable[str], chosen: Mapping[str, float]) -> str:
    """In words what all rows have in common: those `keys` that do not vary, and the values chosen."""
    words = []
    for key in keys:
        values = list(frame[key].unique()) if key in frame else []
        if len(values) == 1 and values[0]:
            words.append(f"{key} {values[0]}" if key in NAMED else values[0])
    return ", ".join(words + [f"{key} = {number(value)}" for key, value in chosen.items()])


def denominators(rows: pd.DataFrame) -> str:
    """What the rows are ratios to: pathwise; or, by cell, pathwise or score_function."""
    return " or ".join(to_reference(rows)["denominator"].unique())


def reference(rows: pd.DataFrame) -> str:
    """The name of what the rows are ratios to, or `the reference` where it differs from cell to cell."""
    names = to_reference(rows)["denominator"].unique()
    return str(names[0]) if len(names) == 1 else "the reference"


def thetas(frame: pd.DataFrame) -> pd.DataFrame:
    """A column for each parameter that a `theta` of the rows has, where each is one number: alpha=2,rate=1."""
    texts = {text: _numbers(text) for text in frame["theta"].unique()}
    return pd.DataFrame(
        {
            name: [texts[text].get(name, np.nan) for text in frame["theta"]]
            for name in dict.fromkeys(name for values in texts.values() for name in values)
        },
        index=frame.index,
    )


def along_theta(rows: pd.DataFrame) -> pd.DataFrame:
    """Of each family the rows along the parameter that has the most values: its name `along`, its value `at`.

    `theta` has the other parameters alone. None of a family whose parameters are lists, or have one value each.
    """
    families = [_along_theta(group) for _, group in rows.groupby("family", sort=False)]
    return pd.concat([rows.iloc[:0], *families])


def _along_theta(rows: pd.DataFrame) -> pd.DataFrame:
    values = thetas(rows)
    counts = values.nunique()
    if counts.empty or counts.max() < 2:
        return rows.iloc[:0]
    name = str(counts.idxmax())
    rest = values.drop(columns=name)
    words = [",".join(f"{key}={value:g}" for key, value in zip(rest, row, strict=True)) for row in rest.to_numpy()]
    return rows.assign(along=name, at=values[name], theta=words)[values[name].notna()]


def _numbers(theta: str) -> dict[str, float]:
    """The parameters in a `theta`; none where one has a value for each component."""
    pairs: list[Any] = [pair.partition("=") for pair in theta.split(",")] if theta and "[" not in theta else []
    return {name: float(value) for name, _, value in pairs}


def select(tables: Mapping[str, pd.DataFrame], name: str, value: str, along: Sequence[str]) -> Slice | None:
    """The slice of a table with all values of the axes `along` and the middle of the others; None if it has no rows.

    None too where there is one value along all of these axes: that is a point and no curve.
    """
    rows = shown(to_reference(tables[name]).dropna(subset=[value, *along]))
    rows, chosen = middle(middle_theta(rows), [key for key in AXES if key in rows and key not in along])
    numbers = rows[value].astype(float)
    positive = rows[np.isfinite(numbers) & (numbers > 0)]
    is_point = all(positive[key].nunique() < 2 for key in along)
    return None if is_point else Slice(positive, chosen, len(rows) - len(positive))
