"""Of many curves the reference, the score function, the best and those asked for stand out."""

import pandas as pd

from bench.drawing import choices, emphasis
from bench.drawing.choices import REST, Choices

MANY = ["pathwise", "score_function", *(f"mine_{i}" for i in range(emphasis.MOST))]


def frame(names: list[str]) -> pd.DataFrame:
    rows = [(name, cell, 10.0 * cell + i) for i, name in enumerate(names) for cell in (1, 100)]
    return pd.DataFrame(rows, columns=["estimator", "cell", "variance"])


def standing_out(names: list[str]) -> list[str]:
    return emphasis.standing_out(frame(names), "estimator", "variance", ["cell"])


def test_few_curves_are_all_in_colour() -> None:
    assert standing_out(MANY[: emphasis.MOST]) == MANY[: emphasis.MOST]


def test_of_many_the_best_stand_out_and_one_that_is_nowhere_else_is_not_the_best() -> None:
    best_last = [*MANY[:2], *reversed(MANY[2:])]
    rows = frame(best_last[::-1])
    chosen = emphasis.standing_out(rows, "estimator", "variance", ["cell"])
    assert set(chosen) == {"pathwise", "score_function", *best_last[::-1][:2]}


def test_those_asked_for_stand_out() -> None:
    with choices.context(Choices(estimators=("mine_3", REST))):
        assert standing_out(MANY) == ["mine_3"]
