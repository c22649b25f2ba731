"""Who gets there first: the winners of the table and nobody else, and times that may never come."""

import math

from bench.markup import markdown
from bench.markup.blocks import Duration, Interval, Table
from bench.report.sections import firsts as module
from bench.report.sections.firsts import firsts, winners
from tests.support import learned

THREE = ("pathwise", "score_function", "spsa")


def test_who_is_before_all_others_wins() -> None:
    told = list(winners(learned.tables(estimators=THREE, samples=[1])))
    assert [(row["share"], measure) for row, measure, _ in told] == [
        (share, measure) for share in (0.1, 0.01, 0.001) for measure in ("evaluations", "seconds")
    ]
    assert {words for row, _, words in told if row["share"] > 0.001} == {"pathwise (p = 0.005)"}
    assert {words for row, _, words in told if row["share"] == 0.001} == {module.TIED}


def test_nobody_wins_who_is_not_before_one_of_them() -> None:
    frames = learned.tables(estimators=THREE, samples=[1])
    pairs = frames["firsts"]
    blurred = pairs.assign(first=pairs["first"].where(pairs["rival"] != "spsa", ""))
    assert {words for *_, words in winners(frames | {"firsts": blurred})} == {
        "nobody (1 of 3 pairs told apart)",
        module.TIED,
    }
    nothing = pairs.assign(first="")
    assert {words for *_, words in winners(frames | {"firsts": nothing})} == {module.NOBODY, module.TIED}


def test_the_tables_hold_winners_and_times() -> None:
    _, won, _, _, times, _ = firsts(learned.tables())
    assert isinstance(won, Table)
    assert isinstance(times, Table)
    assert [column.title for column in won.header] == [
        "samples",
        "gap left",
        "first in evaluations",
        "first in seconds",
    ]
    assert len(won.rows) == 2 * 3
    frame = learned.tables()["times"]
    assert len(times.rows) == int((frame["reached"] > 0).sum())
    seconds = [frame.iloc[0][f"seconds{end}"] for end in ("", "_low", "_high")]
    assert times.rows[0][-1] == Interval(*(Duration(1e9 * value) for value in seconds))


def test_what_half_do_not_reach_is_said_in_words() -> None:
    frames = learned.tables(samples=[1])
    late = frames["times"].copy()
    late.loc[0, ["seconds", "seconds_high"]] = math.inf
    late.loc[1, ["seconds_high"]] = math.inf
    text = markdown.render(firsts(frames | {"times": late}))
    assert text.count("not reached") >= 3
    assert " inf" not in text


def test_where_nothing_was_reached_or_no_least_is_known_that_is_said() -> None:
    assert "There is no gap to be timed: no least F is known." in markdown.render(firsts(learned.tables(least=False)))
    lost = learned.tables(lost=["pathwise", "score_function"])
    assert "No replicate came within 10 % of the gap at the start." in markdown.render(firsts(lost))


def test_one_estimator_has_nobody_to_be_before() -> None:
    text = markdown.render(firsts(learned.tables(estimators=["pathwise"])))
    assert "There are no two estimators to be compared." in text
