"""The table of exact curves: rows of the statistics at places that need not have been measured."""

from bench.tables.exact import EXACT
from bench.tables.statistics import STATISTICS


def test_a_point_is_known_by_its_row_of_the_statistics_and_its_place() -> None:
    assert list(EXACT.keys) == [*STATISTICS.keys, "x_axis", "x", "y_axis", "y"]
    assert set(EXACT.measured) < set(STATISTICS.measured)


def test_a_run_may_be_without_it() -> None:
    assert EXACT.optional
    assert list(EXACT.expected({})) == []
