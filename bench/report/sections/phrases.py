"""The words that several sections share: numbers with their intervals, cells, slices, and Markdown tables of them."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from bench.markup import numbers
from bench.markup.markdown import escape
from bench.tables import slices

Tables = Mapping[str, pd.DataFrame]
Row = Mapping[str, Any]


def known(value: Any) -> bool:
    """Whether there is such a number at all."""
    return value is not None and math.isfinite(value)


def number(value: float | None, digits: int = 3) -> str:
    """A rounded number, or that it is not known."""
    return numbers.number(value, digits) if value is not None and math.isfinite(value) else "unknown"


def interval(row: Row, name: str, word: Callable[[float], str] = number) -> str:
    """A value of a row with its interval: 9.87 [9.52, 10.2]; empty where it is not known."""
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    if not known(value):
        return ""
    return word(value) if low == value == high else f"{word(value)} [{word(low)}, {word(high)}]"


def pairs(mapping: Mapping[str, Any] | None) -> str:
    """What a mapping holds, in words, without what is empty: python 3.11.7, numpy 2.3.1."""
    words = []
    for key, value in (mapping or {}).items():
        if isinstance(value, Mapping):
            value = f"({pairs(value)})"
        if value is not None and value != "":
            words.append(f"{key} {numbers.number(value) if isinstance(value, float) else str(value).rstrip('.')}")
    return ", ".join(words)


def cell(row: Row) -> str:
    """Which parameter and cell a row is about."""
    axes = [f"{key} = {numbers.number(row[key])}" for key in slices.AXES if known(row[key])]
    return ", ".join([f"d/d{row['parameter']}", *axes])


def shown(rows: pd.DataFrame, chosen: Mapping[str, float], escape: Callable[[object], str] = escape) -> str:
    """Which slice of the grid the rows are."""
    return f"Shown: {escape(slices.constants(rows, (*slices.FACETS, 'data'), chosen))}."


def varying(rows: pd.DataFrame) -> list[str]:
    """The facets that a table of these rows must tell apart."""
    return [key for key in slices.FACETS if rows[key].nunique() > 1]


def side_by_side(
    rows: pd.DataFrame,
    keys: Sequence[str],
    cells: Mapping[str, Callable[[Row], str]],
    escape: Callable[[object], str] = escape,
) -> tuple[list[str], list[list[str]]]:
    """Header and lines of a table, a line for each facet and `keys`; in it, for each parameter, the `cells` of its row.

    `escape` is that of the markup; what `cells` give is in that markup already.
    """
    keys = [*varying(rows), *keys]
    lines = []
    for key, part in rows.groupby(keys, sort=False):
        found = {row["parameter"]: row for row in part.to_dict("records")}
        values = [make(found[name]) if name in found else "" for name in slices.PARAMETERS for make in cells.values()]
        lines.append([*(escape(part if isinstance(part, str) else numbers.number(part)) for part in key), *values])
    header = [*keys, *(f"{name}: {title}" for name in slices.PARAMETERS for title in cells)]
    return [escape(word) for word in header], lines
