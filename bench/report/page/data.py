"""The tables as the page holds them: columns for the explorer to read, rows of text for a reader without it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from bench.markup import numbers
from bench.report.sections.phrases import Tables
from bench.tables import slices
from bench.tables.contents import BY_KIND, TABLES

KEYS = {column for table in TABLES.values() for column in (*table.keys, *table.text)} - {"schema"}  # of few values
COLUMNS = {column for table in BY_KIND["sweep"] for column in table.columns}
TITLES = {table.name: table.title for table in BY_KIND["sweep"] if table.title}
LISTED = {"ratios": TITLES["ratios"]} | TITLES  # the answer first
FACETS = ("objective", "latent", "family", "vector", "components", "entropy", "sampler", "parameter")
MOST_ROWS = 2000  # rows of a listing; the CSV file has the others, and the explorer too
UNLISTED = ("schema", "dimension")  # the dimension follows from objective, latent and dataset_size
EFFICIENCY = ("variance_ratio", "time_ratio")  # in efficiency.csv, but for the explorer only repetitions


@dataclass(frozen=True, slots=True)
class Listing:
    """All rows of a table as text, without the columns that never vary: `note` has those."""

    name: str
    caption: str
    note: str
    columns: list[str]
    rows: list[list[str]]


class Facet(NamedTuple):
    """The values that any row of any table has, and the one to begin with: where the most was measured."""

    values: list[Any]
    chosen: Any

    @property
    def told(self) -> bool:
        """Whether there is anything to tell: a facet that no row has needs no control."""
        return self.values not in ([], [""])


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
    """Missing and infinite numbers are null: JSON has no other word, and `status` says which they are."""
    return {"numbers": [float(value) if np.isfinite(value) else None for value in column.astype(float)]}


def listing(name: str, frame: pd.DataFrame) -> Listing:
    """The rows of a table, rounded to five digits."""
    constant = [key for key in frame if key in KEYS and frame[key].nunique(dropna=False) == 1]
    words = [f"{key} {text}" for key in constant if (text := _text(key, frame[key].iloc[0]))]
    notes = [f"In all rows: {', '.join(words)}."] if words else []
    notes += [f"The first {MOST_ROWS} of {len(frame)} rows; {name}.csv has all."] if len(frame) > MOST_ROWS else []
    varying = frame.drop(columns=constant).head(MOST_ROWS)
    columns = [[_text(key, value) for value in varying[key]] for key in varying]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return Listing(name, TABLES[name].title or name, " ".join(notes), list(varying), rows)


def _text(key: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if np.isnan(value):
        return ""
    return f"{value:.0f}" if key == "replicates" else numbers.number(value, 5)


def facets(frames: Mapping[str, pd.DataFrame], axes: Sequence[str]) -> dict[str, Facet]:
    """What the explorer can choose from, by column; it begins in the middle cell, where most ratios were measured."""
    ratios = slices.measured(frames["ratios"], "variance_ratio")
    ratios, middle = slices.middle(ratios, [name for name in axes if name in ratios])
    facets = {}
    for name in (*FACETS, *axes, "evaluation"):
        column = pd.concat([frame[name] for frame in frames.values() if name in frame]).dropna()
        distinct = [value for value in values(column) if value != "" or name == "vector"]
        most = (ratios[name] if name in ratios and len(ratios) else column).value_counts().get
        facets[name] = Facet(distinct, middle.get(name, max(distinct, key=lambda value: most(value, 0), default=None)))
    return facets
