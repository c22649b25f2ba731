"""Choices: which rows stay, in which order, and what a figure has asked for."""

import pandas as pd

from bench.drawing import choices
from bench.drawing.choices import REST, Choices

FRAME = pd.DataFrame({"estimator": ["a", "b(h=1)", "c", "b(h=1)"], "sigma": [1.0, 2.0, 1.0, None]})


def cut(**chosen: object) -> list[tuple[str, float]]:
    frame = choices.cut({"statistics": FRAME}, Choices(**chosen))["statistics"]  # type: ignore[arg-type]
    return [*frame.fillna(0.0).itertuples(index=False, name=None)]


def test_rows_without_a_value_stay_and_a_table_without_the_column_stays_whole() -> None:
    assert cut(where={"sigma": (2.0,)}) == [("b(h=1)", 2.0), ("b(h=1)", 0.0)]
    assert cut(where={"samples": (1,)}) == cut()


def test_estimators_stand_in_the_order_asked_for_by_their_names_with_or_without_parameters() -> None:
    assert [name for name, _ in cut(estimators=("c", "b"))] == ["c", "b(h=1)", "b(h=1)"]
    assert [name for name, _ in cut(estimators=("c", REST))] == ["c", "a", "b(h=1)", "b(h=1)"]


def test_the_axis_and_the_panels_are_those_chosen_and_that_they_were_asked_for_is_seen() -> None:
    frame = pd.DataFrame({"latent": [""], "parameter": [""], "sampler": [""]})
    assert choices.along("sigma") == "sigma"
    with choices.context(Choices(along="mu", panels=("parameter", "latent"))) as read:
        assert read == set()
        assert choices.along("sigma") == "mu"
        assert choices.panels(frame, ["latent", "sampler"], "parameter") == (["parameter", "sampler"], "latent")
        assert read == {"along", "panels"}
    assert choices.panels(frame, ["latent"], "parameter") == (["latent"], "parameter")
    assert choices.current() == Choices()
