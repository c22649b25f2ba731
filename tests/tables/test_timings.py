"""The rows of timings.csv that the statistics and the other times imply."""

from bench.tables.schema import Expected
from bench.tables.timings import TIMINGS
from tests.support.rows import statistic, timing


def test_every_estimator_is_timed_in_every_evaluation_of_its_objective() -> None:
    """That one was timed in an evaluation implies that all were."""
    statistics = [statistic("pathwise"), statistic("score_function")]
    timings = [timing("pathwise", "direct"), timing("score_function", "collapsed")]
    expected = list(TIMINGS.expected({"statistics": statistics, "timings": timings}))
    wanted = [timing(name, kind) for name in ("pathwise", "score_function") for kind in ("direct", "collapsed")]
    assert [TIMINGS.key(row) for row, *_ in expected] == [*map(TIMINGS.key, wanted)]
    witnesses = [statistics[0], statistics[0], statistics[1], statistics[1]]
    assert expected == [Expected(row.row, "statistics", w) for row, w in zip(expected, witnesses, strict=True)]


def test_another_latent_has_evaluations_of_its_own() -> None:
    statistics = [statistic("pathwise"), statistic("pathwise", latent="per_datum")]
    timings = [timing("pathwise", "collapsed"), timing("pathwise", "direct", latent="per_datum")]
    expected = TIMINGS.expected({"statistics": statistics, "timings": timings})
    assert [(row["latent"], row["evaluation"]) for row, *_ in expected] == [
        ("shared", "collapsed"),
        ("per_datum", "direct"),
    ]


def test_what_was_skipped_is_not_timed() -> None:
    statistics = [statistic("pathwise", status="skipped: a reason")]
    assert list(TIMINGS.expected({"statistics": statistics, "timings": [timing("score_function", "direct")]})) == []


def test_where_no_time_of_an_objective_is_left_its_rows_are_missed_all_the_same() -> None:
    """Nothing tells in which evaluations: a row without one is in no file."""
    (expected,) = TIMINGS.expected({"statistics": [statistic("pathwise")], "timings": []})
    assert expected.row["evaluation"] == ""
