"""The tables as the page holds them: columns for its explorer and its listings to read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bench.markup import numbers
from bench.report.page.told import Facet
from bench.report.sections.phrases import Tables
from bench.tables import slices
from bench.tables.contents import BY_KIND, TABLES

KEYS = {column for table in TABLES.values() for column in (*table.keys, *table.text)} - {"schema"}  # of few values
COLUMNS = {column for table in BY_KIND["sweep"] for column in table.columns}
TITLES = {table.name: table.title for table in BY_KIND["sweep"] if table.title}
QUANTITIES = {
    "variance_ratio": ("ratios", "variance ratio"),
    "variance": ("statistics", "variance"),
    "gradient": ("statistics", "gradient"),
    "efficiency_ratio": ("efficiency", "efficiency ratio"),
    "mse_ratio": ("ratios", "ratio of mean squared errors"),
    "estimate_ns": ("timings", "time of an estimate (ns)"),
}  # of the explorer: the table of each, and its words
LISTED = {"ratios": TITLES["ratios"]} | TITLES  # the answer first
FACETS = ("objective", "latent", "family", "vector", "components", "entropy", "sampler", "parameter")
UNLISTED = ("schema", "dimension")  # the dimension follows from objective, latent and dataset_size
EXACT = 2**53  # below it a float that is an integer is written as one: the same number in fewer letters
EFFICIENCY = ("variance_ratio", "time_ratio")  # in efficiency.csv, but for the explorer only repetitions


@dataclass(frozen=True, slots=True)
class Listing:
    """How all rows of a table are listed: without the columns that never vary, which `note` has."""

    name: str
    caption: str
    note: str
    columns: list[str]
    rows: int


def prepared(tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables that are not optional, an objective with its variant as one word, without what is not shown."""
    return {
        name: frame.assign(objective=(frame["objective"] + " " + frame["variant"]).str.strip()).drop(
            columns=["variant", *UNLISTED, *(EFFICIENCY if name == "efficiency" else ())], errors="ignore"
        )
        for name, frame in tables.items()
        if not TABLES[name].optional
    }


def axes(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """What the explorer can have along x: the axes, and the numbers in the theta of a family."""
    names = [column for frame in frames.values() if "theta" in frame for column in slices.thetas(frame)]
    return [*slices.AXES[:2], *(name for name in dict.fromkeys(names) if name not in COLUMNS), *slices.AXES[2:]]


def explored(frame: pd.DataFrame, axes: Sequence[str]) -> pd.DataFrame:
    """A table for the explorer: each number in theta has a column, and a theta with lists is its `vector`."""
    if "theta" not in frame:
        return frame
    numbers = slices.thetas(frame)
    numbers = numbers[[name for name in numbers if name in axes and name not in slices.AXES]]
    return pd.concat([frame.assign(vector=frame["theta"].where(numbers.isna().all(axis=1), "")), numbers], axis=1)


def embedded(frame: pd.DataFrame, axes: Sequence[str], among: Collection[str] = KEYS) -> dict[str, Any]:
    """A table for the explorer: keys as values with codes (no codes where there is one value), numbers as they are."""
    keys = {*among, *axes, *FACETS}
    return {
        "rows": len(frame),
        "columns": {name: _keys(frame[name]) if name in keys else _numbers(frame[name]) for name in frame},
    }


def values(column: pd.Series) -> list[Any]:
    """The different values of a key, numbers in order, words as they appear; a missing one is None."""
    distinct = list(column.dropna().unique())
    if pd.api.types.is_numeric_dtype(column):
        distinct = [int(value) if value == int(value) else float(value) for value in sorted(distinct)]
    return distinct + ([None] if column.isna().any() else [])


def _keys(column: pd.Series) -> dict[str, Any]:
    distinct = values(column)
    codes = {value: code for code, value in enumerate(distinct)}
    none = len(distinct) - 1
    return {"values": distinct, "codes": [codes.get(value, none) for value in column] if none > 0 else []}


def _numbers(column: pd.Series) -> dict[str, Any]:
    """Missing numbers are null; infinite ones, for which JSON has no word, are "inf" and "-inf"."""
    return {"numbers": [_number(value) for value in column.astype(float)]}


def _number(value: float) -> float | int | str | None:
    if np.isnan(value):
        return None
    if np.isinf(value):
        return f"{value:g}"
    return int(value) if value.is_integer() and abs(value) < EXACT else value


def listing(name: str, frame: pd.DataFrame) -> Listing:
    """The listing of a table."""
    constant = [key for key in frame if key in KEYS and frame[key].nunique(dropna=False) == 1]
    words = [f"{key} {text}" for key in constant if (text := _text(frame[key].iloc[0]))]
    note = f"In all rows: {', '.join(words)}." if words else ""
    return Listing(name, TABLES[name].title or name, note, list(frame.drop(columns=constant)), len(frame))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if np.isnan(value) else numbers.number(value, 5)


def quantities(frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """What the explorer can show, in words: what any row has; the ratios where no row has anything."""
    there = {}
    for name, (table, words) in QUANTITIES.items():
        if np.isfinite(frames[table][name].astype(float)).any():
            there[name] = words
    return there or {"variance_ratio": QUANTITIES["variance_ratio"][1]}


def facets(frames: Mapping[str, pd.DataFrame], axes: Sequence[str]) -> list[Facet]:
    """What the explorer can choose from, by column; it begins in the middle cell, where most ratios were measured."""
    ratios = slices.measured(frames["ratios"], "variance_ratio")
    ratios, middle = slices.middle(ratios, [name for name in axes if name in ratios])
    facets = []
    for name in (*FACETS, *axes, "evaluation"):
        column = pd.concat([frame[name] for frame in frames.values() if name in frame]).dropna()
        distinct = [value for value in values(column) if value != "" or name == "vector"]
        most = (ratios[name] if name in ratios and len(ratios) else column).value_counts().get
        first = middle.get(name, max(distinct, key=lambda value: most(value, 0), default=None))
        facets.append(Facet(name, distinct, first))
    return facets
