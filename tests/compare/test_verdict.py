"""The verdict: which word wins, and which rows only one side has."""

import math

import pytest

from bench.compare.verdict import CODES, Verdict, judge, notes, summary
from bench.statistics.significance import Effect
from tests.support.compared import timed

FAST, SLOW, UNKNOWN = Effect(1.0, 1e-6, 14), Effect(2.0, 1e-6, 14), Effect(2.0, math.nan, math.nan)


def verdict(base: list[Effect], head: list[Effect]) -> Verdict:
    return judge([timed(base)], [timed(head)], 0.15)


CASES = {
    "regressed": ([FAST, FAST], [SLOW, FAST]),
    "ok": ([SLOW, FAST], [FAST, FAST]),
    "nothing comparable": ([FAST], [UNKNOWN]),
}


@pytest.mark.parametrize("word", CASES)
def test_one_regression_outweighs_the_rest_and_nothing_judged_is_not_ok(word: str) -> None:
    judged = verdict(*CASES[word])
    assert (judged.word, judged.code) == (word, CODES[word])
    assert summary(judged).startswith(f"COMPARE {word}: times: ")


def test_rows_of_one_side_are_counted_and_named() -> None:
    judged = verdict([FAST, FAST, FAST], [FAST])
    assert judged.alone["timings", "base"] == [("test_1",), ("test_2",)]
    assert judged.alone["timings", "head"] == []
    assert "Only in base: 2 rows of timings, the first is test_1." in notes(judged)
