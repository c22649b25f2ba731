"""A product of which ordinary tests try a part: every row with a few columns, and in turn with one of the others."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from bench.engine.case import Case
from tests.support.cases import APART, covering


def in_turn(rows: Iterable[str], columns: Iterable[str], always: Sequence[str] = ()) -> list[Any]:
    """(row, column), so that none of either is left out; those that ordinary tests pass by are tried by `make slow`."""
    rows, columns = list(rows), list(columns)
    assert {*always} <= {*columns}
    others = [column for column in columns if column not in always]
    places = {column: at for at, column in enumerate(others)}

    def chosen(i: int, column: str) -> bool:
        at = places.get(column)
        return at is None or i % len(others) == at or at % len(rows) == i

    return [
        pytest.param(row, column, marks=() if chosen(i, column) else pytest.mark.slow)
        for i, row in enumerate(rows)
        for column in columns
    ]


def few_and_slow(several: list[Case]) -> list[Any]:
    """Cases in which every two parts stand together, but estimator and objective; those too by `make slow`."""
    few = covering(several, APART)
    chosen = {*map(id, few)}
    more = [case for case in covering(several) if id(case) not in chosen]
    return [*few, *(pytest.param(case, marks=pytest.mark.slow) for case in more)]
