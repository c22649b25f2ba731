"""What several sections share: intervals, the words for cells and slices, a table with parameters side by side."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from bench.markup import numbers
from bench.markup.blocks import Cell, Column, Duration, Interval, Number, Table
from bench.markup.numbers import known
from bench.tables import slices

Tables = Mapping[str, pd.DataFrame]
Row = Mapping[str, Any]


def interval(row: Row, name: str, quantity: Callable[[float], Number | Duration] = Number) -> Interval:
    """A value of a row with its interval."""
    return Interval(quantity(row[name]), quantity(row[f"{name}_low"]), quantity(row[f"{name}_high"]))


def pairs(mapping: Mapping[str, Any] | None) -> str:
    """What a mapping holds, in words, without what is empty: python 3.11.7, numpy 2.3.1."""
    words = []
    for key, value in (mapping or {}).items():
        if isinstance(value, Mapping):
            value = f"({pairs(value)})"
        if value is not None and value != "":
            words.append(f"{key} {numbers.number(value) if isinstance(value, float) else str(value).rstrip('.')}")
    return ", ".join(words)


def cell_title(row: Row) -> str:
    """Which parameter and cell a row is about."""
    axes = [f"{key} = {numbers.number(row[key])}" for key in slices.AXES if known(row[key])]
    return ", ".join([f"d/d{row['parameter']}", *axes])


def slice_title(rows: pd.DataFrame, chosen: Mapping[str, float]) -> str:
    """Which slice of the grid the rows are."""
    return f"Shown: {slices.constants(rows, (*slices.FACETS, 'data'), chosen)}."


def varying(rows: pd.DataFrame) -> list[str]:
    """The facets that a table of these rows must tell apart."""
    return [key for key in slices.FACETS if rows[key].nunique() > 1]


def side_by_side(rows: pd.DataFrame, keys: Sequence[str], cells: Mapping[str, Callable[[Row], Cell]]) -> Table:
    """A table with a line for each facet and `keys`; in it, for each parameter, the `cells` of its row."""
    keys = [*varying(rows), *keys]
    lines: list[list[Cell]] = []
    for key, group in rows.groupby(keys, sort=False):
        by_parameter = {row["parameter"]: row for row in group.to_dict("records")}
        values = [
            make(by_parameter[parameter]) if parameter in by_parameter else None
            for parameter in slices.PARAMETERS
            for make in cells.values()
        ]
        lines.append([*(value if isinstance(value, str) else Number(value) for value in key), *values])
    columns = [Column(title, parameter) for parameter in slices.PARAMETERS for title in cells]
    return Table([*map(Column, keys), *columns], lines)
