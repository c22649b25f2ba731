"""The curves of a panel: estimators, or their treatments of the entropy, those that coincide once."""

import pandas as pd
import pytest

from bench.drawing.strands import Strand, note, strands
from bench.tables.firsts import SAME
from tests.support import learned


def curves(*entropies: str) -> pd.DataFrame:
    frame = learned.tables(estimators=["pathwise"], samples=[1])["curves"]
    return pd.concat([frame.assign(entropy=entropy) for entropy in entropies], ignore_index=True)


def test_without_treatments_a_curve_is_an_estimator() -> None:
    frame = learned.tables(samples=[1])["curves"]
    rows, several = strands(frame, "step", ["gap"])
    assert several == [Strand("pathwise"), Strand("score_function")]
    assert len(rows) == len(frame)
    assert rows.groupby("strand")["estimator"].unique().map(list).tolist() == [["pathwise"], ["score_function"]]


@pytest.mark.parametrize(("factor", "count"), [(1 + SAME / 10, 1), (1 + SAME * 100, 2)])
def test_treatments_that_coincide_are_one_curve(factor: float, count: int) -> None:
    frame = curves("closed_form", "monte_carlo")
    frame.loc[frame["entropy"] == "monte_carlo", "gap"] *= factor
    rows, several = strands(frame, "step", ["gap"])
    assert len(several) == rows["strand"].nunique() == count
    assert ("they coincide" in note(several)) == (count == 1)
