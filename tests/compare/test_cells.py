"""Rows as cells: what is not known is empty, and what is too long is cut."""

import math
from typing import Any

from bench.compare import cells, numbers, timings
from bench.statistics.significance import Effect

STATISTIC: dict[str, Any] = {
    "table": "statistics",
    "key": (
        "squared_error",
        "",
        "shared",
        "normal",
        "",
        "tied",
        "",
        "newcomb",
        "iid",
        "pathwise",
        "mu",
        "1",
        "2",
        "5",
        "1",
        "1",
    ),
    "base": 2.0,
    "head": 3.0,
    "same_bytes": False,
    "to_the_byte": False,
    "difference": 1.0,
    "error": 0.25,
    "freedom": math.inf,
    "p": 1e-6,
}
KEY = ("test_it",)


def test_a_statistic_says_why_it_changed() -> None:
    outside, other = numbers.Row(**STATISTIC), numbers.Row(**STATISTIC | {"to_the_byte": True, "p": math.nan})
    title = "squared_error shared normal tied newcomb iid pathwise mu mu=1 sigma=2 dataset_size=5 samples=1 dimension=1"
    table = cells.statistics([outside, other])
    assert table.lines == [
        ("gradient", title, "2", "3", "4", "1e-6", "outside"),
        ("gradient", title, "2", "3", "4", "", "other bytes"),
    ]
    assert {len(line) for line in table.lines} == {len(table.header)}


def test_a_ratio_has_its_interval_where_there_is_one() -> None:
    effect = Effect(math.log(2), math.log(2) / 2, math.inf)
    low, high = (2 ** (1 + sign * 0.9799819922700268) for sign in (-1, 1))
    row = timings.Row(KEY, 10.0, 20.0, effect, 0.01, "regressed")
    unknown = timings.Row(KEY, 10.0, 20.0, Effect(math.log(2), math.nan, math.nan), math.nan, "not judged")
    table = cells.times([row, unknown])
    assert table.lines == [
        ("time", "test_it", "10", "20", f"2 [{low:.3g}, {high:.3g}]", "0.01", "regressed"),
        ("time", "test_it", "10", "20", "2", "", "not judged"),
    ]
    assert {len(line) for line in table.lines} == {len(table.header)}


def test_what_is_cut_is_counted() -> None:
    row = timings.Row(KEY, 10.0, 20.0, Effect(0.0, 0.1, 9), 1.0, "unchanged")
    assert cells.times([row] * cells.MOST_ROWS).more == ""
    table = cells.times([row] * (cells.MOST_ROWS + 2))
    assert (len(table.lines), table.more) == (cells.MOST_ROWS, "\n2 more rows, all in json=FILE\n")
