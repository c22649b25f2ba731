"""The rows of a verdict as cells of text: the statistics that changed and the times, worst first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.compare import numbers, timings
from bench.compare.sources import row_title
from bench.markup.numbers import number

MOST_ROWS = 30  # rows that a reader is shown; the JSON file has all
Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """A header, the first lines under it, and how many more there are."""

    header: Line
    lines: Sequence[Line]
    hidden: int

    @property
    def more(self) -> str:
        """A line about the rows that are not here; empty if all are."""
        return f"\n{self.hidden} more rows, all in json=FILE\n" if self.hidden else ""


def statistics(rows: Sequence[numbers.Row]) -> Cells:
    """Gradients and variance ratios."""
    header = ("value", "row", "base", "head", "joint standard errors", "adjusted p", "why")
    return _cells(header, [_statistic(row) for row in rows])


def times(rows: Sequence[timings.Row]) -> Cells:
    """Times, with the interval of their ratio."""
    header = ("value", "row", "base ns", "head ns", "head / base", "adjusted p", "call")
    return _cells(header, [_time(row) for row in rows])


def _cells(header: Line, lines: Sequence[Line]) -> Cells:
    return Cells(header, lines[:MOST_ROWS], max(0, len(lines) - MOST_ROWS))


def _statistic(row: numbers.Row) -> Line:
    return (
        numbers.VALUES[row.table],
        row_title(row.table, row.key),
        _number(row.base, 6),
        _number(row.head, 6),
        _number(row.score),
        _number(row.p),
        "other bytes" if row.to_the_byte else "outside",
    )


def _time(row: timings.Row) -> Line:
    return (
        "time",
        row_title("timings", row.key),
        _number(row.base_ns),
        _number(row.head_ns),
        _ratio(row),
        _number(row.p),
        row.call,
    )


def _ratio(row: timings.Row) -> str:
    low, high = (_number(end) for end in row.interval)
    return f"{_number(row.ratio)} [{low}, {high}]" if low and high else _number(row.ratio)


def _number(value: float, digits: int = 3) -> str:
    return number(value, digits) if math.isfinite(value) else ""
