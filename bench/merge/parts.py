"""The rows of one key in the runs that measured it, as columns over runs, and rows in the types of their columns."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.merge.sources import Fields, Key, Source
from bench.oracle.measured import CONSTANT, NONFINITE, UNCONVERGED
from bench.oracle.verdict import DISAGREES
from bench.spec import Floats
from bench.statistics.jackknife import Interval
from bench.tables.contents import TABLES
from bench.tables.ratios import below

Row = dict[str, Any]
ENDS = ("", "_low", "_high")
WORST_FIRST = (DISAGREES, NONFINITE, UNCONVERGED, "ok", "budget", CONSTANT)  # one run that is precise speaks for all


@dataclass(frozen=True, slots=True)
class Part:
    """The row of one key in each of several runs."""

    title: str
    folders: Sequence[Path]
    rows: Sequence[Fields]
    first: Row  # with exact values of the first run that has them

    def column(self, name: str) -> Floats:
        """[runs] NaN where it is empty."""
        return np.array([float(row[name] or "nan") for row in self.rows])

    def interval(self, name: str) -> Interval:
        """(value, low, high), each [runs]."""
        value, low, high = (self.column(f"{name}{end}") for end in ENDS)
        return value, low, high

    @property
    def statuses(self) -> set[str]:
        """Those of the runs."""
        return {row["status"] for row in self.rows}

    @property
    def status(self) -> str:
        """That of all together: what is constant in some runs and not in others is carried by a few draws."""
        if CONSTANT in self.statuses and len(self.statuses) > 1:
            return UNCONVERGED
        return min(self.statuses, key=WORST_FIRST.index)


def part(table: str, key: Key, sources: Sequence[Source]) -> Part:
    """The rows of a key in runs that all have it."""
    rows = [source.tables[table][key] for source in sources]
    first = typed(table, rows[0])
    for column in first:
        if column.startswith("exact_"):
            first[column] = next((float(row[column]) for row in rows if row[column]), math.nan)
    return Part(TABLES[table].row_title(key), [source.folder for source in sources], rows, first)


def denominators(key: Key, sources: Sequence[Source]) -> Part:
    """The rows of statistics.csv that are below a ratio, in the same runs."""
    ratio = dict(zip(TABLES["ratios"].keys, key, strict=True))
    return part("statistics", TABLES["statistics"].key({**ratio, **below(ratio)}), sources)


def typed(table: str, row: Fields) -> Row:
    """A row of a file in the types of its columns, without the schema; a missing key is None, a measured number NaN."""
    keys, measured = TABLES[table].keys, TABLES[table].measured
    return {name: kind(row[name]) if row[name] or kind is str else None for name, kind in keys.items()} | {
        name: kind(row[name]) if row[name] or kind is str else math.nan for name, kind in measured.items()
    }
