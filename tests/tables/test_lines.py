"""The table of lines: exact.csv at the middle of the other axes."""

from bench.tables.exact import EXACT
from bench.tables.lines import LINES


def test_it_has_the_columns_of_exact_curves_and_a_run_may_be_without_it() -> None:
    assert LINES.columns == EXACT.columns
    assert LINES.optional
