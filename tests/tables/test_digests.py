"""Digests: every change of a field has a row and a column, every change of a byte is seen."""

import itertools

import pytest

from bench.tables.digests import COLUMN, ROW, digests

TEXT = 'a,b,c\n1,2.0,x\n2,,"y\nz"\n1,0.1,x\n'
BEFORE = digests(TEXT)


def test_what_is_kept() -> None:
    assert (BEFORE.rows, len(BEFORE.row_sums)) == (3, 3 * ROW)
    assert {column: len(digest) for column, digest in BEFORE.column_sums.items()} == dict.fromkeys("abc", COLUMN)


@pytest.mark.parametrize(("row", "column"), [*itertools.product(range(3), range(3))])
def test_a_field_that_changed_has_its_place(row: int, column: int) -> None:
    table = [["1", "2.0", "x"], ["2", "", '"y\nz"'], ["1", "0.1", "x"]]
    table[row][column] = "7"
    now = digests("\n".join(["a,b,c", *map(",".join, table), ""]))
    assert BEFORE.changed_rows(now) == [row]
    assert BEFORE.changed_columns(now) == ["abc"[column]]
    assert now.sha256 != BEFORE.sha256
    assert not BEFORE.reordered(now)


def test_an_order_is_told_from_a_change_and_fields_from_bytes() -> None:
    assert BEFORE.reordered(digests('a,b,c\n2,,"y\nz"\n1,2.0,x\n1,0.1,x\n'))
    now = digests(TEXT.replace("1,2.0", '"1",2.0'))
    assert (BEFORE.changed_rows(now), BEFORE.changed_columns(now)) == ([], [])
    assert now.sha256 != BEFORE.sha256


def test_fields_do_not_run_into_each_other() -> None:
    first, second = digests("a,b\nx,yz\n"), digests("a,b\nxy,z\n")
    assert first.changed_rows(second) == [0]


def test_a_table_without_rows() -> None:
    assert digests("a,b\n").changed_rows(digests("a,b\n")) == []
