"""A config becomes settings only when every key of it is right."""

import math
from typing import Any

import pytest

from bench.config import checks, compose, settings
from bench.errors import BadInput
from bench.registry import Registry


@pytest.fixture(scope="module")
def config(plugins: Registry) -> dict[str, Any]:
    compose.store(plugins)
    return compose.compose("sweep", ["study=smoke"])


def test_the_default_config_has_every_key_and_passes(config: dict[str, Any], plugins: Registry) -> None:
    assert set(config) == {*settings.Settings.__dataclass_fields__, *settings.TOP_LEVEL}
    checked = settings.check(config, plugins)
    assert checked.family == {"normal": {"mu": (1.0,), "sigma": (0.5, 2.0)}}
    assert (checked.components, checked.entropy, checked.reference) == (("tied",), (), None)
    assert checked.latent == ("shared", "per_datum")
    assert set(checked.estimator) == {"pathwise", "score_function", "score_function_local"}
    assert checked.data == {"name": "normal", "mean": 0.0, "standard_deviation": 1.0, "seed": 0}


KEYS = {*settings.Settings.__dataclass_fields__, *settings.TOP_LEVEL} - {
    "plugins",
    "config_dir",
    "entropy",
    "reference",
    "at",
    "along",
    "published",
}


@pytest.mark.parametrize("key", sorted(KEYS))
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
        ("components", ["loose"], "components='loose' is not allowed; allowed: tied, untied"),
        ("components", [], "components=[] is not allowed; allowed: a list of one or more values"),
        ("entropy", ["closed_form"], "entropy=['closed_form'] is not allowed; allowed: null, for none of "),
        ("compare_samplers", "yes", "compare_samplers='yes' is not allowed; allowed: true, false"),
        (
            "compare_samplers",
            True,
            "compare_samplers=true is not allowed; allowed: false; or true with iid and other ",
        ),
        ("reference", ["pathwise"], "reference=['pathwise'] is not allowed; allowed: null, or one of the estimators"),
        ("derived", [1, 2], "derived=[1,2] is not allowed; allowed: keys below it, as derived.NAME=[1,2]"),
        ("derived", {"a-b": [1]}, "derived.a-b=[1] is not allowed; allowed: a NAME of ASCII letters, digits and _"),
        ("derived", {"total": 1}, "derived.total=1 is not allowed; allowed: a list of numbers that are not all 0, "),
        ("derived", {"total": [0, 0]}, "derived.total=[0,0] is not allowed; allowed: a list of numbers that are not "),
        ("derived", {"total": [1, math.nan]}, "derived.total=nan is not allowed; allowed: a finite number"),
        ("derived", {"total": [1, -math.inf]}, "derived.total=-inf is not allowed; allowed: a finite number"),
        (
            "derived",
            {"total": [0, 1e200]},
            "derived.total=1e+200 is not allowed; allowed: 0, or a number of size 1e-12 ",
        ),
        (
            "derived",
            {"total": [1, -1e-99]},
            "derived.total=-1e-99 is not allowed; allowed: 0, or a number of size 1e-1",
        ),
        ("derived", {"total": ["a", 1]}, "derived.total='a' is not allowed; allowed: a finite number"),
        ("family", {}, "family={} is not allowed; allowed: one or more of: bernoulli, gamma, normal"),
        ("family", {"cauchy": {}}, "unknown family 'cauchy'; known: bernoulli, gamma, normal"),
        ("family", {"normal": {"mu": [1]}}, "unknown key 'family.normal.mu'; known: none"),
        ("family", {"gamma": {"beta": [1]}}, "unknown key 'family.gamma.beta'; known: family.gamma.alpha, family.gam"),
        ("family", {"gamma": {"alpha": [0]}}, "family.gamma.alpha=0 is not allowed; allowed: a finite number > 0"),
        ("family", {"gamma": {"alpha": [[1, -1]]}}, "family.gamma.alpha=-1 is not allowed; allowed: a finite "),
        ("family", {"gamma": {"alpha": 2}}, "family.gamma.alpha=2 is not allowed; allowed: a list in brackets, fami"),
        ("sigma", [[1, 0]], "sigma=0 is not allowed; allowed: a finite number > 0"),
        ("sigma", [[]], "sigma=[] is not allowed; allowed: a finite number > 0"),
        ("sigma", [[[1]]], "sigma=[1] is not allowed; allowed: a finite number > 0"),
        ("sigma", [[1, 2], [1, 2]], "sigma=[[1,2],[1,2]] is not allowed; allowed: each value once; [1.0,2.0] is "),
        ("mu", [["a"]], "mu='a' is not allowed; allowed: a finite number"),
        ("write_components", 1, "write_components=1 is not allowed; allowed: true, false"),
        ("seed", -1, "seed=-1 is not allowed; allowed: a whole number >= 0"),
        ("precision", 0, "precision=0 is not allowed; allowed: a finite number > 0"),
        ("budget", 0, "budget=0 is not allowed; allowed: a whole number >= 1"),
        ("rounds", 0.5, "rounds=0.5 is not allowed; allowed: a whole number >= 0"),
        ("objective", {}, "objective={} is not allowed; allowed: one or more of: absolute, call_option, constant"),
        ("objective", {"other": {}}, "unknown objective 'other'; known: absolute, call_option, "),
        ("objective", {"squared_error": 3}, "objective.squared_error=3 is not allowed; allowed: null, for it has no "),
        ("estimator", {"other": {}}, "unknown estimator 'other'; known: finite_difference, "),
        ("sampler", ["iid"], "sampler=['iid'] is not allowed; allowed: one or more of: antithetic, iid, "),
        ("data", {"path": "x"}, "data={'path': 'x'} is not allowed; allowed: one of: csv, newcomb, normal"),
        ("data", {"name": "other"}, "unknown data 'other'; known: csv, newcomb, normal"),
        ("data", {"name": "normal", "k": 1}, "unknown key 'data.k'; known: data.mean, data.seed, "),
        ("executor", {"name": "serial", "workers": 2}, "unknown key 'executor.workers'; known: none"),
        ("executor", {"name": "threads", "workers": 0}, "executor.workers=0 is not allowed; allowed: a whole number"),
        ("objective", {"squared_error": {"k": [1]}}, "unknown key 'objective.squared_error.k'; known: none"),
        (
            "nonsense",
            1,
            "unknown key 'nonsense'; known: along, at, budget, compare_samplers, components, config_dir, data, ",
        ),
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


def test_only_targets_have_an_entropy(config: dict[str, Any], plugins: Registry) -> None:
    both = config | {"objective": {"squared_error": {}, "gaussian_kl": {}}, "entropy": ["monte_carlo"]}
    assert settings.check(both, plugins).entropy == ("monte_carlo",)
    with pytest.raises(BadInput, match=r"^entropy='exact' is not allowed; allowed: closed_form, monte_carlo, sticking"):
        settings.check(both | {"entropy": ["exact"]}, plugins)
