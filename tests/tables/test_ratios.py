"""The rows of ratios.csv that the statistics imply."""

from bench.tables.ratios import RATIOS
from bench.tables.schema import Expected
from tests.support.rows import ratio, statistic


def test_every_other_estimator_is_over_the_reference() -> None:
    statistics = [statistic(name) for name in ("score_function", "pathwise", "score_function_local")]
    expected = list(RATIOS.expected({"statistics": statistics}))
    keys = [RATIOS.key(ratio(name)) for name in ("score_function", "score_function_local")]
    assert [RATIOS.key(row) for row, *_ in expected] == keys
    witnesses = [statistics[0], statistics[2]]
    assert expected == [Expected(row.row, "statistics", w) for row, w in zip(expected, witnesses, strict=True)]


def test_a_skipped_estimator_has_its_ratio_too() -> None:
    statistics = [statistic("pathwise"), statistic("score_function", status="skipped: a reason")]
    assert len(list(RATIOS.expected({"statistics": statistics}))) == 1


def test_without_the_reference_there_is_no_ratio() -> None:
    assert list(RATIOS.expected({"statistics": [statistic("score_function")]})) == []
