"""The rows of statistics.csv that the ratios imply."""

from bench.tables.schema import Expected
from bench.tables.statistics import STATISTICS
from tests.support.rows import ratio, statistic


def test_every_ratio_implies_its_numerator_and_its_denominator() -> None:
    witness = ratio("score_function")
    expected = list(STATISTICS.expected({"ratios": [witness]}))
    keys = [STATISTICS.key(statistic(name)) for name in ("score_function", "pathwise")]
    assert [STATISTICS.key(row) for row, *_ in expected] == keys
    assert all(row == Expected(row.row, "ratios", witness) for row in expected)


def test_a_skipped_ratio_implies_them_too() -> None:
    """A skipped estimator keeps its rows, with the reason."""
    witness = ratio("score_function", status="skipped: a reason")
    assert len(list(STATISTICS.expected({"ratios": [witness]}))) == 2
