"""The question of a run in words."""

from typing import Any

import pandas as pd
import pytest

from bench.report.sections.purpose import purpose


def frame(*estimators: str, objectives: tuple[str, ...] = ("cosine",)) -> pd.DataFrame:
    pairs = [(estimator, objective) for estimator in estimators for objective in objectives]
    return pd.DataFrame(pairs, columns=["estimator", "objective"])


@pytest.mark.parametrize(
    ("estimators", "begins"),
    [
        (("pathwise",), "Is the pathwise gradient of cosine right, how much does it vary, "),
        (("pathwise", "score_function"), "Do the pathwise and score-function gradients of cosine agree, which varies "),
        (("a", "b", "c", "d"), "Do 4 gradient estimators of cosine agree, "),
    ],
)
def test_it_is_made_of_estimators_and_objectives(estimators: tuple[str, ...], begins: str) -> None:
    said = purpose(frame(*estimators), {})
    assert said.startswith(begins)
    assert said.endswith(" and at what cost in time?")
    many = purpose(frame(*estimators, objectives=("a", "b", "c", "d")), {})
    assert " of 4 objectives" in many


@pytest.mark.parametrize(
    ("question", "title"),
    [("Over which k? The border is exact.", "Over which k?"), ("What the border is.", "What the border is.")],
)
def test_a_study_asks_its_own(question: str, title: str) -> None:
    manifest: dict[str, Any] = {"config": {"published": {"question": question}}}
    assert purpose(frame("pathwise"), manifest) == title


def test_a_fit_asks_where_descent_ends() -> None:
    said = purpose(frame("pathwise", "price", objectives=("vae",)), {"kind": "fit"})
    end = "end with the pathwise and price gradients, how fast, and which is there first?"
    assert said == f"Where does descent on the ELBO of an autoencoder {end}"
    assert (
        purpose(frame("price"), {"kind": "fit"})
        == "Where does descent on cosine end with the price gradient, how fast?"
    )
