"""A product of which ordinary tests try a part: every row with a few columns, and in turn with one of the others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest


def in_turn(rows: Iterable[str], columns: Iterable[str], always: Sequence[str] = ()) -> Iterator[Any]:
    """(row, column), so that none of either is left out; those that ordinary tests pass by are tried by `make slow`."""
    rows, columns = list(rows), list(columns)
    assert {*always} <= {*columns}
    others = [column for column in columns if column not in always]
    for i, row in enumerate(rows):
        for column in columns:
            j = others.index(column) if column in others else None
            chosen = j is None or i % len(others) == j or j % len(rows) == i
            yield pytest.param(row, column, marks=() if chosen else pytest.mark.slow)
