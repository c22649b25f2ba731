"""A config becomes settings only when every key of it is right."""

from typing import Any

import pytest

from bench import registry
from bench.config import checks, compose, settings
from bench.errors import BadInput
from bench.registry import Registry
from bench.spec import Objective


@pytest.fixture(scope="module")
def config(plugins: Registry) -> dict[str, Any]:
    compose.store(plugins)
    return compose.compose("sweep", ["study=smoke"])


def test_the_default_config_has_every_key_and_passes(config: dict[str, Any], plugins: Registry) -> None:
    assert set(config) == set(settings.Settings.__dataclass_fields__)
    checked = settings.check(config, plugins)
    assert checked.sigma == (0.5, 2.0)
    assert checked.latent == ("shared", "per_datum")
    assert set(checked.estimator) == {"pathwise", "score_function", "score_function_local"}
    assert checked.data == {"name": "normal", "mean": 0.0, "standard_deviation": 1.0, "seed": 0}


@pytest.mark.parametrize("key", sorted(set(settings.Settings.__dataclass_fields__) - {"plugins"}))
def test_a_key_that_is_not_there_is_named(key: str, config: dict[str, Any], plugins: Registry) -> None:
    with pytest.raises(BadInput, match=f"^{key}=null is not allowed; allowed: "):
        settings.check({other: value for other, value in config.items() if other != key}, plugins)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("output", "", "output='' is not allowed; allowed: some text"),
        ("mu", [float("nan")], "mu=nan is not allowed; allowed: a finite number"),
        ("sigma", [0.0], "sigma=0.0 is not allowed; allowed: a finite number > 0"),
        ("dataset_size", [0], "dataset_size=0 is not allowed; allowed: a whole number >= 1, or null for all the data"),
        ("samples", [2.5], "samples=2.5 is not allowed; allowed: a whole number >= 1"),
        ("latent", ["both"], "latent='both' is not allowed; allowed: shared, per_datum"),
        ("seed", -1, "seed=-1 is not allowed; allowed: a whole number >= 0"),
        ("precision", 0, "precision=0 is not allowed; allowed: a finite number > 0"),
        ("budget", 0, "budget=0 is not allowed; allowed: a whole number >= 1"),
        ("rounds", 0.5, "rounds=0.5 is not allowed; allowed: a whole number >= 0"),
        ("objective", {}, "objective={} is not allowed; allowed: one or more of: squared_error"),
        ("objective", {"other": {}}, "unknown objective 'other'; known: squared_error"),
        ("objective", {"squared_error": 3}, "objective.squared_error=3 is not allowed; allowed: keys below it, as "),
        ("estimator", {"other": {}}, "unknown estimator 'other'; known: pathwise, "),
        ("sampler", ["iid"], "sampler=['iid'] is not allowed; allowed: one or more of: iid"),
        ("data", {"path": "x"}, "data={'path': 'x'} is not allowed; allowed: one of: csv, newcomb, normal"),
        ("data", {"name": "other"}, "unknown data 'other'; known: csv, newcomb, normal"),
        ("data", {"name": "normal", "k": 1}, "unknown key 'data.k'; known: data.mean, data.seed, "),
        ("executor", {"name": "serial", "workers": 2}, "unknown key 'executor.workers'; known: none"),
        ("executor", {"name": "threads", "workers": 0}, "executor.workers=0 is not allowed; allowed: a whole number"),
        ("objective", {"squared_error": {"k": [1]}}, "unknown key 'objective.squared_error.k'; known: none"),
        ("nonsense", 1, "unknown key 'nonsense'; known: budget, data, "),
    ],
)
def test_bad_values_are_named(key: str, value: Any, message: str, config: dict[str, Any], plugins: Registry) -> None:
    with pytest.raises(BadInput) as caught:
        settings.check(config | {key: value}, plugins)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", ["a/b", "a\\b", "..", ".hidden", "trailing.", " a", "a\n", "a" * 101, "", None])
def test_a_run_has_the_name_of_a_plain_folder(name: Any) -> None:
    with pytest.raises(BadInput, match=r"^name="):
        checks.run_name(name)


@pytest.mark.parametrize("name", ["default", "2024-01", "a b", "sigma=1", "\u00e9"])
def test_other_names_pass(name: str) -> None:
    assert checks.run_name(name) == name


def test_null_is_a_dataset_size(config: dict[str, Any], plugins: Registry) -> None:
    assert settings.check(config | {"dataset_size": [None, 5]}, plugins).dataset_size == (None, 5)


def test_parameters_of_a_plugin_are_axes_with_defaults(config: dict[str, Any]) -> None:
    axes = {"k": (1.0,), "dimension": (2.0,)}
    catalogue = registry.load()
    forms = catalogue.get("objective", "squared_error").forms
    catalogue.add(Objective("wave", forms, lambda *arguments: (0.0, 0.0), lambda *arguments: 1, axes), "", "here")
    for values, expected in ((None, axes), ({"k": [0.5, 5]}, axes | {"k": (0.5, 5.0)})):
        assert settings.check(config | {"objective": {"wave": values}}, catalogue).objective == {"wave": expected}
    with pytest.raises(BadInput, match=r"^objective.wave.k=\[2,2\] is not allowed; allowed: each value once"):
        settings.check(config | {"objective": {"wave": {"k": [2, 2]}}}, catalogue)
