"""The rows of firsts.csv that the times imply."""

from bench.tables.firsts import FIRSTS, SETTING
from bench.tables.times import TIMES
from tests.support.rows import Fields, row


def time(estimator: str, **fields: str) -> Fields:
    values = {"steps": "10.0", "evaluations": "10.0", "seconds": "1e-05", "share": "0.1"}
    return row(TIMES, estimator=estimator, **values | fields)


def pairs(*times: Fields) -> list[tuple[str, ...]]:
    names = ("estimator", "rival", "measure")
    return [tuple(entry.row[name] for name in names) for entry in FIRSTS.expected({"times": times})]


def test_every_pair_of_a_setting_is_compared_in_every_measure() -> None:
    expected = [(a, b, m) for a, b in ("ab", "ac", "bc") for m in ("evaluations", "seconds")]
    assert pairs(time("a"), time("b"), time("c")) == expected


def test_estimators_of_two_settings_or_gaps_are_no_pair() -> None:
    assert "estimator" not in SETTING
    assert pairs(time("a"), time("b", samples="10"), time("b", share="0.01")) == []


def test_what_was_not_measured_is_not_compared() -> None:
    untimed = {"seconds": ""}
    assert pairs(time("a", **untimed), time("b")) == [("a", "b", "evaluations")]
    assert pairs(time("a", steps="", evaluations="", **untimed), time("b")) == []
    never = dict.fromkeys(("steps", "evaluations", "seconds"), "inf")
    assert len(pairs(time("a", **never), time("b"))) == 2
