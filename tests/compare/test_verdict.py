"""The verdict: which word wins, and which rows only one side has."""

import math
from dataclasses import replace

import pytest

from bench.compare.verdict import CODES, MOST_FAULTS, Verdict, judge, notes, summary
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


def test_rows_without_a_time_are_named_and_no_other_is_left_out() -> None:
    base = replace(timed([FAST]), name="base.json", faults={("test_1",): "it has no stats"})
    judged = judge([base], [timed([SLOW, FAST])], 0.15)
    assert summary(judged) == "COMPARE regressed: times: 1 regressed, 1 without a time"
    assert "Not judged: test_1 in base (base.json): it has no stats." in notes(judged)
    assert judged.alone["timings", "head"] == []


def test_of_many_rows_without_a_time_the_rest_is_counted() -> None:
    base = replace(timed([FAST]), faults={(f"bad {i}",): "it has no stats" for i in range(MOST_FAULTS + 3)})
    named = [note for note in notes(judge([base], [timed([FAST])], 0.15)) if note.startswith("Not judged")]
    assert len(named) == MOST_FAULTS + 1
    assert named[-1] == "Not judged: 3 more rows without a time."


@pytest.mark.parametrize("cpus", [((None, 2), (None, 2)), (("A CPU", 2), ("A CPU", 4))])
def test_a_machine_that_is_not_told_can_be(cpus: tuple[tuple[str | None, int], ...]) -> None:
    base, head = timed([FAST], cpus[0]), timed([SLOW], cpus[1])
    judged = judge([base], [head], 0.15)
    assert judged.word == "nothing comparable"
    assert next(notes(judged)).endswith("; same_machine=true judges them all the same.")
    told = judge([base], [head], 0.15, "same_machine=true says so")
    assert told.word == "regressed"
    assert next(notes(told)).startswith(
        "Times are judged as those of one machine, for same_machine=true says so: base "
    )


def test_one_processor_whose_cores_nobody_counts_is_one() -> None:
    assert judge([timed([FAST], ("A CPU", None))], [timed([SLOW], ("A CPU", None))], 0.15).word == "regressed"


def test_rows_of_one_side_are_counted_and_named() -> None:
    judged = verdict([FAST, FAST, FAST], [FAST])
    assert judged.alone["timings", "base"] == [("test_1",), ("test_2",)]
    assert judged.alone["timings", "head"] == []
    assert "Only in base: 2 rows of timings, the first is test_1." in notes(judged)
