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


def test_a_denominator_in_another_cell_is_implied_there_unless_the_ratio_is_skipped() -> None:
    witness = ratio("score_function", denominator="pathwise@sobol")
    numerator, denominator = STATISTICS.expected({"ratios": [witness]})
    assert (numerator.row["sampler"], denominator.row["sampler"]) == (witness["sampler"], "sobol")
    skipped = ratio("score_function", denominator="pathwise@sobol", status="skipped: a reason")
    assert len(list(STATISTICS.expected({"ratios": [skipped]}))) == 1
