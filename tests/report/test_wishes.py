"""The keys of a figure's author: what they choose, and one line for what they may not."""

from typing import Any

import pytest

from bench import registry
from bench.config import compose
from bench.drawing.choices import Choices
from bench.errors import BadInput
from bench.report import settings, wishes
from tests.support import synthetic

PLUGINS = registry.load(kinds=["figure"])
TABLES = synthetic.tables(sigma=[1.0], dataset_size=[1, 10], samples=[1])


def chosen(*words: str) -> Choices:
    return settings.check(compose.compose("report", words), PLUGINS).choices


def test_keys_are_read() -> None:
    words = ("where={dataset_size: 10, latent: [shared]}", "along=samples", "panels=[parameter,latent]", "tags=true")
    more = ("estimators=[pathwise,rest]", "legend=direct", "height=2", "ylim=[1,100]", "colours.pathwise=black")
    label = r'labels={score_function: "$\\hat g$"}'
    assert chosen(*words, *more, label) == Choices(
        where={"dataset_size": (10,), "latent": ("shared",)},
        along="samples",
        panels=("parameter", "latent"),
        estimators=("pathwise", "rest"),
        labels={"score_function": r"$\hat g$"},
        colours={"pathwise": "black"},
        legend="direct",
        height=2.0,
        tags=True,
        ylim=(1.0, 100.0),
    )


BAD = {
    "legend=outside": "legend='outside' is not allowed; allowed: inside, below, direct, none",
    "along=time": "along='time' is not allowed; allowed: mu, sigma, dataset_size, samples",
    "panels=[time]": "panels='time' is not allowed; allowed: objective, variant, ",
    "panels=[optimiser,where]": "panels='where' is not allowed; allowed: objective, variant, ",
    "height=0.1": "height=0.1 is not allowed; allowed: null, or a number of inches from 0.8 to 40",
    "ylim=[3,1]": "ylim=[3,1] is not allowed; allowed: null, or [low, high]",
    "tags=1": "tags=1 is not allowed; allowed: true, false",
    "where=3": "where=3 is not allowed; allowed: keys below it, as where.NAME=VALUE",
    "colours.pathwise=blak": "colours.pathwise='blak' is not allowed; allowed: a colour of matplotlib",
    "labels={pathwise: '$x'}": "labels.pathwise='$x' is not allowed; allowed: a line of ASCII text",
    "estimators=[1]": "estimators=1 is not allowed; allowed: names of estimators, and rest",
}


@pytest.mark.parametrize("word", BAD)
def test_a_wrong_value_is_one_line(word: str) -> None:
    with pytest.raises(BadInput) as caught:
        chosen(word)
    assert str(caught.value).startswith(BAD[word])


ABSENT: dict[str, dict[str, Any]] = {
    "where.dataset_size=3 is not allowed; allowed: 1, 10": {"where": {"dataset_size": (3,)}},
    "unknown key 'where.size'; known: where.components, ": {"where": {"size": (3,)}},
    "estimators='path' is not allowed; allowed: score_function, ": {"estimators": ("path",)},
    "unknown key 'colours.path'; known: colours.pathwise, ": {"colours": {"path": "black"}},
    "unknown key 'labels.path'; known: ": {"labels": {"path": "black"}},
}


@pytest.mark.parametrize("line", ABSENT)
def test_what_the_run_does_not_have_is_named(line: str) -> None:
    with pytest.raises(BadInput) as caught:
        wishes.require_there(TABLES, Choices(**ABSENT[line]))
    assert str(caught.value).startswith(line)


def test_what_the_run_has_may_be_chosen() -> None:
    labels = dict.fromkeys(("pathwise", "sigma", "sigma2", "shared", "dataset_size"), "x")
    wishes.require_there(TABLES, Choices({"dataset_size": (10,)}, estimators=("pathwise", "rest"), labels=labels))


def test_a_papers_figures_have_keys_of_their_own_before_those_of_all() -> None:
    drawing = settings.check(compose.compose("report", ["paper=neurips_figures", "legend=none", "tags=false"]), PLUGINS)
    assert drawing.figures == ("ratio_against_sigma", "variance_against_draws")
    apart = drawing.apart["ratio_against_sigma"]
    assert apart.figure == "variance_ratio_sigma"
    assert (apart.drawing.choices.legend, apart.drawing.choices.tags) == ("direct", True)
    assert apart.drawing.style.width == drawing.style.width == 5.5


PAPERS: dict[str, Any] = {
    "unknown figure 'mine'; known: ": {"mine": {}},
    "figures='efficiency_map' is not allowed; allowed: a name that is no other figure's": {
        "efficiency_map": {"figure": "variance_samples"}
    },
    "unknown key 'figures.a.hight'; known: figures.a.along": {"a": {"figure": "variance_samples", "hight": 2}},
    "figures.a.height=0 is not allowed": {"a": {"figure": "variance_samples", "height": 0}},
    "figures='../a' is not allowed; allowed: names of files": {"../a": {"figure": "variance_samples"}},
    "figures.a.style=3 is not allowed": {"a": {"figure": "variance_samples", "style": 3}},
}


@pytest.mark.parametrize("line", PAPERS)
def test_a_paper_with_a_slip_is_one_line(line: str) -> None:
    with pytest.raises(BadInput) as caught:
        settings.check(compose.compose("report", []) | {"figures": PAPERS[line]}, PLUGINS)
    assert str(caught.value).startswith(line)
