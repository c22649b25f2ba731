"""Where learners ended: the numbers of the last checkpoint, and what diverged in words."""

import numpy as np

from bench.markup.blocks import Interval, Number, Table
from bench.report.sections import ends as module
from bench.report.sections.ends import ends, last
from tests.support import learned


def table(**grid: object) -> Table:
    _, lines, _ = ends(learned.tables(**grid))  # type: ignore[arg-type]
    assert isinstance(lines, Table)
    return lines


def test_a_line_for_each_learner_has_medians_intervals_and_quantiles() -> None:
    frame = last(learned.tables()["curves"])
    lines = table()
    assert [(column.title, column.above) for column in lines.header][:4] == [
        ("samples", ""),
        ("estimator", ""),
        ("median", "F"),
        ("10-90 %", "F"),
    ]
    assert len(lines.rows) == len(frame) == 4
    row = frame.iloc[0]
    assert lines.rows[0][2] == Interval(*(Number(row[f"loss{end}"]) for end in ("", "_median_low", "_median_high")))
    assert lines.rows[0][-1] == "none"


def test_what_diverged_is_said_in_words_and_has_no_parameters() -> None:
    lines = table(lost=["score_function"], samples=[1])
    gone = lines.rows[1]
    assert gone[0] == "score function"
    assert gone[1] == module.ALL_GONE
    assert gone[-1] == "20 of 20"
    assert set(gone[2:-1]) == {None, module.ALL_GONE}


def test_an_end_that_is_infinite_is_called_so() -> None:
    frames = learned.tables(samples=[1])
    curves = frames["curves"].copy()
    curves.loc[curves.index[-1], ["loss_high", "loss_median_high"]] = np.inf
    _, lines, _ = ends(frames | {"curves": curves})
    assert isinstance(lines, Table)
    assert str(lines.rows[1][1]).endswith(", infinite]")
    assert str(lines.rows[1][2]).endswith(" to infinite")


def test_numbers_that_say_nothing_more_are_not_shown_and_round_off_is_called_so() -> None:
    frames = learned.tables(samples=[1])
    curves = frames["curves"].copy()
    ended = curves["step"] == curves["step"].max()
    for end in ("", "_low", "_high", "_median_low", "_median_high"):
        curves.loc[ended, f"loss{end}"] = 2.0
        curves.loc[ended, f"gap{end}"] = 1e-14
    _, lines, _ = ends(frames | {"curves": curves})
    assert isinstance(lines, Table)
    assert list(lines.rows[0][1:5]) == [Number(2.0), None, module.NOISE, None]


def test_without_a_least_f_there_is_no_gap() -> None:
    assert "gap above the least F" not in {column.above for column in table(least=False).header}


def test_of_many_learners_the_table_has_the_first() -> None:
    _, lines, text = ends(learned.tables(learning_rate=[0.001 * i for i in range(1, 40)]))
    assert isinstance(lines, Table)
    assert len(lines.rows) == module.MOST
    assert "The first 60 of 156 learners; curves.csv has all." in str(text)


def test_a_median_of_too_few_replicates_has_no_interval() -> None:
    frames = learned.tables(samples=[1])
    curves = frames["curves"].copy()
    curves[["loss_median_low", "loss_median_high"]] = np.nan
    _, lines, _ = ends(frames | {"curves": curves})
    assert isinstance(lines, Table)
    assert isinstance(lines.rows[0][1], Number)
