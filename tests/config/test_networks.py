"""Networks: chosen alone, asked nothing that they would not heed, axes of whole numbers."""

from typing import Any

import pytest

from bench.config import networks
from bench.config.compose import compose, store
from bench.config.overrides import read
from bench.errors import BadInput
from bench.registry import Registry
from tests.support.command import command, one_line

OTHERS = {
    "start": ("start.mu=1", "start={}"),
    "fixed": ("fixed=[mu]", "fixed=[]"),
    "optimiser": ("optimiser=[sgd]", "optimiser=[adam]"),
    "schedule": ("schedule=[cosine]", "schedule=[constant]"),
    "parameterisation": ("parameterisation=[sigma]", "parameterisation=null"),
    "family": ("family=[gamma]", "family=[normal]"),
    "latent": ("latent=[per_datum]", "latent=[shared]"),
    "components": ("components=[untied]", "components=[tied]"),
    "data": ("data=newcomb", "data=normal"),
}


def of_a_fit(plugins: Registry, *words: str) -> Any:
    store(plugins)
    return compose("fit", words)


def test_a_network_is_known_by_its_objective(plugins: Registry) -> None:
    assert networks.network(of_a_fit(plugins, "objective=[vae]")) == "vae"
    assert networks.network(of_a_fit(plugins, "objective=[squared_error]")) is None
    assert networks.network({"objective": 3}) is None


def test_it_stands_alone(plugins: Registry) -> None:
    with pytest.raises(BadInput, match=r"allowed: a network alone, objective=\[vae\], or objectives without one"):
        networks.network(of_a_fit(plugins, "study=asker", "objective=[vae,squared_error]"))


def test_every_key_that_is_not_heeded_is_tried() -> None:
    assert {*OTHERS} == {*networks.FIXED} - {"sampler"}  # of which there is one


@pytest.mark.parametrize("key", OTHERS)
@pytest.mark.thinned(3)
def test_what_it_would_not_heed_is_one_line_with_a_word_that_works(key: str) -> None:
    wrong, right = OTHERS[key]
    line = one_line(command("fit", "objective=vae", wrong, "dry_run=true"))
    assert line.endswith(f"; allowed: {right}, for objective=[vae]")
    assert command("fit", "objective=vae", right, "dry_run=true").code == 0


@pytest.mark.parametrize(
    ("word", "chosen"),
    [
        ("objective=vae", "vae"),
        ("objective=[vae]", "vae"),
        ("objective=[squared_error]", None),
        ("objective=[vae,squared_error]", None),
        ("objective=3", None),
    ],
)
def test_a_word_that_chooses_it_alone_chooses_its_study(word: str, chosen: str | None) -> None:
    assert networks.chosen(read("fit", word)) == chosen
    assert networks.chosen(None) is None


def test_axes_are_whole_numbers() -> None:
    assert networks.axes("vae", None) == {"L": (2, 10)}
    assert networks.axes("vae", {"L": [3.0]}) == {"L": (3,)}
    for values, line in (
        ({"L": [0]}, r"objective.vae.L=0 is not allowed; allowed: a whole number >= 1"),
        ({"L": 2}, r"objective.vae.L=2 is not allowed; allowed: a list in brackets"),
        ({"L": [2, 2]}, r"2 is repeated"),
        ({"M": [2]}, r"unknown key 'objective.vae.M'; known: objective.vae.L"),
        (3, r"objective.vae=3 is not allowed; allowed: keys below it, as objective.vae.L=\[2\]"),
    ):
        with pytest.raises(BadInput, match=line):
            networks.axes("vae", values)
