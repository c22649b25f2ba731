"""Panels for learners: a panel for each setting, in words and signs."""

import pytest

from bench.drawing import choices, learners, style
from bench.drawing.choices import Choices
from bench.errors import BadInput
from bench.spec import Slice
from tests.support import learned
from tests.support.artists import texts


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("score_function", "score function"),
        ("spsa(h=0.1)", "SPSA (h = 0.1)"),
        ("my_own(a_b=1)", "my own (a b = 1)"),
        ("price", "price"),
        ("gaussian_kl", "Gaussian KL"),
        ("monte_carlo", "Monte Carlo"),
    ],
)
def test_names_are_words(name: str, words: str) -> None:
    assert learners.in_words(name) == words


def test_settings_are_in_words() -> None:
    row = learners.worded(learned.tables(samples=[10])["curves"]).iloc[0]
    told = {name: row[name] for name in ("objective", "start", "optimiser", "learning_rate", "samples", "dataset_size")}
    assert told == {
        "objective": "squared error",
        "start": r"from $\mu=0$ and $\sigma=1$",
        "optimiser": "SGD",
        "learning_rate": "rate 0.01",
        "samples": "$K=10$",
        "dataset_size": "$n=100$",
    }
    assert row["parameterisation"] == r"in $\log\,\sigma$"


def test_there_is_a_panel_for_each_setting_and_its_rows_are_in_it() -> None:
    frame = learned.tables(optimiser=["sgd", "adam"], samples=[1, 10])["curves"]
    with style.context():
        figure, panels = learners.panels(Slice(frame), 1.2)
        assert {panel.axes.get_title() for panel in panels} == {
            f"{o}, $K={k}$" for o in ("SGD", "Adam") for k in (1, 10)
        }
        assert sum(len(panel.frame) for panel in panels) == len(frame)
        note = figure.get_suptitle()
    assert "squared error" in note
    assert "_" not in note
    assert "SGD" not in note


def test_the_author_chooses_what_panels_differ_in_of_columns_that_there_are() -> None:
    frame = learned.tables(optimiser=["sgd", "adam"], samples=[1, 10])["curves"]
    with style.context(), choices.context(Choices(panels=("samples", "estimator"))):
        _, panels = learners.panels(Slice(frame), 1.2)
        assert {(panel.frame["estimator"].nunique(), panel.frame["samples"].nunique()) for panel in panels} == {(1, 1)}
        assert len(panels) == 2 * 2 * frame["estimator"].nunique()
    with choices.context(Choices(panels=("numerator",))), pytest.raises(BadInput) as caught:
        learners.panels(Slice(frame), 1.2)
    assert "panels=['numerator'] is not allowed; allowed: columns that this figure has: objective, " in str(
        caught.value
    )


def test_a_facet_may_share_a_panel_and_a_legend_has_words() -> None:
    frame = learned.tables(samples=[1])["curves"]
    with style.context():
        figure, panels = learners.panels(
            Slice(frame.assign(start=["mu=0"] * 11 + ["mu=1"] * 11)), 1.2, together=["start"]
        )
        assert len(panels) == 1
        learners.legend(figure, learners.estimators(frame))
        assert {"pathwise", "score function"} <= {text.get_text() for text in texts(figure)}
