"""Keys of a config: those that exist pass; an unknown one is named with those beside it."""

import pytest

from bench.config import keys
from bench.errors import BadInput

CONFIG = {"seed": 0, "data": {"name": "csv", "path": None}, "objective": {"squared_error": {}}, "sigma": [1.0]}


@pytest.mark.parametrize("key", ["seed", "data", "data.path", "objective.squared_error", "sigma", "sigma.0", "sigma.7"])
def test_a_key_that_exists_passes(key: str) -> None:
    keys.require_key(key, CONFIG)


@pytest.mark.parametrize(
    ("key", "others"),
    [
        ("sd", "data, objective, seed, sigma"),
        ("", "data, objective, seed, sigma"),
        ("hydra.run.dir", "data, objective, seed, sigma"),
        ("data/name", "data, objective, seed, sigma"),
        ("data.sd", "data.name, data.path"),
        ("data.path.x", "data.name, data.path"),
        ("seed.x", "data, objective, seed, sigma"),
        ("objective.squared_error.k", "none"),
        ("objective.cosine.k", "objective.squared_error"),
    ],
)
def test_an_unknown_key_is_named_with_those_beside_it(key: str, others: str) -> None:
    with pytest.raises(BadInput) as caught:
        keys.require_key(key, CONFIG)
    assert str(caught.value) == f"unknown key {key!r}; known: {others}"


def test_dotted_keys_reach_every_value() -> None:
    assert keys.dotted(CONFIG) == ["seed", "data.name", "data.path", "objective.squared_error", "sigma"]
