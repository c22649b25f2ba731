"""Keys of a config: those that exist pass; an unknown one is named with those beside it."""

from copy import deepcopy
from functools import partial
from typing import Any

import pytest

from bench.config import keys
from bench.errors import BadInput

CONFIG: dict[str, Any] = {
    "seed": 0,
    "data": {"name": "csv", "path": None},
    "objective": {"squared_error": {}},
    "sigma": [1.0],
    "derived": {},
}


@pytest.mark.parametrize("key", ["seed", "data", "data.path", "objective.squared_error", "sigma", "derived.total"])
def test_a_key_is_set_and_taken_out(key: str) -> None:
    config = deepcopy(CONFIG)
    keys.place(config, key, [2.0], ["derived"])
    assert keys.dotted(config).count(key) == 1
    keys.delete(config, key)
    assert key not in keys.dotted(config)


@pytest.mark.parametrize(
    ("key", "others"),
    [
        ("sd", "data, derived, objective, seed, sigma; did you mean seed?"),
        ("", "data, derived, objective, seed, sigma"),
        ("hydra.run.dir", "data, derived, objective, seed, sigma"),
        ("data/name", "data, derived, objective, seed, sigma; did you mean data?"),
        ("data.nam", "data.name, data.path; did you mean data.name?"),
        ("data.path.x", "data.name, data.path; did you mean data.path?"),
        ("sigma.0", "data, derived, objective, seed, sigma; did you mean sigma?"),
        ("seed.x", "data, derived, objective, seed, sigma; did you mean seed?"),
        ("objective.squared_error.k", "none"),
        ("objective.cosine.k", "objective.squared_error"),
    ],
)
def test_an_unknown_key_is_named_with_those_beside_it(key: str, others: str) -> None:
    for change in (partial(keys.place, value=1), keys.delete):
        config = deepcopy(CONFIG)
        with pytest.raises(BadInput) as caught:
            change(config, key)
        assert str(caught.value) == f"unknown key {key!r}; known: {others}"
        assert config == CONFIG


def test_a_group_is_known_at_the_top_though_no_value_of_the_config_has_its_name() -> None:
    for change in (partial(keys.place, value=1), keys.delete):
        for key, others in (
            ("studdy", "data, derived, objective, seed, sigma, study; did you mean study?"),
            ("a.b", ""),
        ):
            with pytest.raises(BadInput) as caught:
                change(deepcopy(CONFIG), key, groups=["study", "data"])
            assert str(caught.value).startswith(f"unknown key {key!r}; known: {others}")
    with pytest.raises(BadInput, match=r"known: data.name, data.path; did"):
        keys.place(deepcopy(CONFIG), "data.pat", 1, groups=["study"])


def test_dotted_keys_reach_every_value() -> None:
    assert keys.dotted(CONFIG) == ["seed", "data.name", "data.path", "objective.squared_error", "sigma", "derived"]
