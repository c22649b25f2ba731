"""The page of a fit: the answers, the curves that its explorer reads, and every row."""

import re

import numpy as np
import pytest

from bench.report.contents import contents
from bench.report.page.build import page
from bench.report.page.learning import LISTED, answers, of_fit
from tests.support import fitted, learned
from tests.support.learned import MANIFEST, VERDICT
from tests.support.page import Reader, column, data

EVIL = "</script><script>alert(1)</script>"


def text_of(tables=None, manifest=MANIFEST):
    tables = tables or learned.tables()
    return page(tables, manifest, contents(tables, manifest, [], []), [])


@pytest.fixture(scope="module")
def text():
    return text_of()


def test_the_answers_come_first(text):
    assert text.index('id="answer"') < text.index('id="question"') < text.index('id="explorer"')
    told = answers(learned.tables(), VERDICT)
    assert told == {
        "Are the steps right?": "Yes: 8 gradients against exact values, and none fails.",
        "Where do they end?": "Of the gap at the start are left, in the median: pathwise 0.1 %, score function 1 %.",
        "Who is there first?": "To 1 % of the gap, in evaluations and in seconds, of 2 settings: pathwise in 2.",
    }
    shown = " ".join(" ".join(Reader(text).texts).replace("\N{NO-BREAK SPACE}", " ").split())
    assert all(answer in shown for answer in told.values())


def test_other_answers():
    assert answers(learned.tables(), VERDICT | {"ok": False}) == {}
    tied = learned.tables(samples=[1])
    tied["firsts"] = tied["firsts"].assign(earlier=0, first="")
    who = answers(tied, VERDICT)["Who is there first?"]
    assert who == "To 1 % of the gap, in evaluations and in seconds, of 1 setting: nobody is before all others in 1."
    untold = tied["firsts"].assign(earlier=9, first=np.where(tied["firsts"]["measure"] == "seconds", "", "pathwise"))
    who = answers(tied | {"firsts": untold}, VERDICT)["Who is there first?"]
    nobody = "in seconds, of 1 setting: nobody is before all others in 1"
    assert who == f"To 1 % of the gap, in evaluations, of 1 setting: pathwise in 1; {nobody}."
    bare = answers(learned.tables(least=False), VERDICT | {"checks": 0})
    assert list(bare) == ["Where do they end?"]
    assert bare["Where do they end?"].startswith("At F, in the median: pathwise 2.1, score function 3")
    lost = answers(learned.tables(lost=["score_function"]), VERDICT)
    assert lost["Where do they end?"].endswith("score function infinite.")
    some = learned.tables(samples=[1, 10])
    gone = (some["curves"]["estimator"] == "score_function") & (some["curves"]["samples"] == 1)
    some["curves"].loc[gone & (some["curves"]["step"] > 0), "gap"] = np.inf
    assert answers(some, VERDICT)["Where do they end?"].endswith(" % (infinite in 1 of 2).")
    network = answers(fitted.tables(), {"ok": True, "checks": 0})
    assert list(network) == ["Is the variance high?", "What is learned?"]
    assert "1 million times for score function, whole batch" in network["Is the variance high?"]


def test_the_explorer_has_every_point_of_the_curves(text):
    frame, held = learned.tables()["curves"], data(text)["tables"]["curves"]
    assert held["rows"] == len(frame)
    for name in ("step", "seconds", "evaluations", "gap", "gap_low", "gap_high", "loss"):
        assert column(held, name) == pytest.approx(frame[name].tolist())
    assert column(held, "estimator") == frame["estimator"].tolist()
    assert "gap_median_low" not in held["columns"]


def test_what_is_infinite_is_a_word():
    held = data(text_of(learned.tables(lost=["pathwise"])))["tables"]["curves"]
    assert "inf" in column(held, "loss")


def test_controls_offer_what_there_is():
    assert "seconds" not in of_fit(learned.tables(timed=False), MANIFEST)["axes"]
    assert "gap" not in of_fit(learned.tables(least=False), MANIFEST)["quantities"]
    facets = {facet.name: facet.values for facet in of_fit(learned.tables(), MANIFEST)["facets"]}
    assert facets["samples"] == [1, 10]
    text = text_of()
    assert re.findall(r'<select name="(\w+)" data-title', text) == ["samples"]
    assert data(text)["single"]["optimiser"] == {"value": "sgd", "words": "optimiser SGD"}


def test_every_row_is_listed(text):
    assert list(data(text)["listed"]) == list(LISTED)
    for name in LISTED:
        said = text.partition(f'data-name="{name}"')[2].partition("</summary>")[0]
        assert said.endswith(f", {len(learned.tables()[name])} rows")


def test_names_are_text_and_never_markup():
    shown = text_of(learned.tables(estimators=["pathwise", EVIL]), MANIFEST | {"name": EVIL})
    assert len(Reader(shown).all("script")) == 2
    assert EVIL in data(shown)["looks"]


def test_divergence_and_failure_are_in_the_answer():
    gone = text_of(manifest=MANIFEST | {"verdict": VERDICT | {"diverged": 3}})
    assert "3 of 80 replicates diverged" in gone.partition('id="question"')[0]
    failed = text_of(manifest=MANIFEST | {"verdict": VERDICT | {"ok": False, "failures": ["pathwise: z = 9"]}})
    assert 'class="verdict failed"' in failed
    assert "FAILED: 1 checks disagree" in failed.replace("\N{NO-BREAK SPACE}", " ")
