"""The keys of a fit: what is allowed, and the one line where it is not."""

from typing import Any

import pytest

from bench.config.compose import compose, store
from bench.config.learning import check
from bench.config.overrides import defaults
from bench.errors import BadInput
from bench.registry import Registry


@pytest.fixture(scope="module", autouse=True)
def _stored(plugins: Registry) -> None:
    store(plugins)


def checked(plugins: Registry, *words: str) -> Any:
    return check(compose("fit", ("~study", *words)), plugins)


def test_the_defaults_are_sound(plugins: Registry) -> None:
    learning = checked(plugins)
    assert learning.steps >= 1
    assert learning.grid.family["normal"] == {"mu": (0.0,), "sigma": (1.0,)}
    assert set(defaults("fit")) - {"defaults"} <= set(compose("fit", ["~study"]))


def test_starts_are_axes(plugins: Registry) -> None:
    learning = checked(plugins, "start.mu=[0,2]", "start.sigma=[[1,2]]", "components=[untied]")
    assert learning.grid.family["normal"] == {"mu": (0.0, 2.0), "sigma": ((1.0, 2.0),)}


def test_starts_of_other_families(plugins: Registry) -> None:
    words = "family=[gamma]", "start.alpha=2", "estimator=[pathwise]"
    assert checked(plugins, *words).grid.family["gamma"] == {"alpha": (2.0,), "rate": (1.0,)}


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("steps=0", r"steps=0 is not allowed; allowed: a whole number >= 1"),
        ("steps=1e9", r"steps=1000000000 is not allowed; allowed: a whole number <= 10000000"),
        ("steps=1.5", r"steps=1.5 is not allowed"),
        ("replicates=1", r"replicates=1 is not allowed; allowed: a whole number >= 8"),
        ("checkpoints=0", r"checkpoints=0 is not allowed"),
        ("learning_rate=[0]", r"learning_rate=0 is not allowed; allowed: a finite number > 0"),
        ("learning_rate=[-0.1]", r"learning_rate=-0.1 is not allowed"),
        ("learning_rate=[0.1,0.1]", r"learning_rate=\[0.1,0.1\] is not allowed; allowed: each value once"),
        ("optimiser=[rmsprop]", r"optimiser='rmsprop' is not allowed; allowed: sgd, adam"),
        ("schedule=[linear]", r"schedule='linear' is not allowed; allowed: constant, cosine, inverse"),
        ("start.sigma=-1", r"sigma=-1 is not allowed; allowed: a finite number > 0"),
        ("start.sigma=0", r"sigma=0 is not allowed"),
        ("start.nu=1", r"unknown key 'start.nu'; .*start.mu, start.sigma"),
        ("start=3", r"start=3 is not allowed; allowed: keys below it"),
        ("precision=0.1", r"unknown key 'precision'"),
        ("mu=[1]", r"unknown key 'mu'"),
    ],
)
def test_bad_input_is_one_line(plugins: Registry, word: str, line: str) -> None:
    with pytest.raises(BadInput, match=line):
        checked(plugins, word)
