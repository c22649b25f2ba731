"""The tables of docs/scale.md: they go through what was measured, and grow with the cells as that did."""

import json

import pytest

from bench.documents.scale import CELLS, WORKERS, sweep_of, tables
from tests.support.command import TOP

RECORD = json.loads((TOP / "docs" / "scale.json").read_text())


def test_the_two_largest_sweeps_are_as_they_were_measured() -> None:
    for row in RECORD["sweeps"][-2:]:
        sweep = sweep_of(row["cells"], RECORD)
        assert sweep.costs.block_s == pytest.approx(row["block_s"])
        assert sweep.own_s == pytest.approx(row["plan_s"] + row["oracle_s"] + row["pack_s"])


def test_beyond_them_all_grows_with_the_cells() -> None:
    small, large = sweep_of(10**5, RECORD), sweep_of(10**6, RECORD)
    assert large.core_s == pytest.approx(10 * small.core_s, rel=0.1)
    assert large.totals_bytes == pytest.approx(10 * small.totals_bytes, rel=0.1)


def test_a_line_for_each_size_and_each_number_of_workers() -> None:
    made = tables(RECORD)
    assert made["measured"].count("\n") == 2 + len(RECORD["sweeps"]) + 2
    assert made["grown"].count("\n") == 2 + len(CELLS)
    assert made["workers"].count("\n") == 2 + len(WORKERS)
    assert "nan" not in "".join(made.values())
