"""The plug-ins that are asked for, with the values of their parameters."""

from typing import Any

import pytest

from bench import registry
from bench.config.plugins import families, parameter_key, several
from bench.errors import BadInput
from bench.registry import Registry
from bench.spec import Objective

NORMAL: dict[str, Any] = {"family": {"normal": {}}, "mu": [1.0], "sigma": [0.5, 2.0]}


def test_parameters_of_a_plugin_are_axes_with_defaults() -> None:
    axes = {"k": (1.0,), "dimension": (2.0,)}
    catalogue = registry.load()
    forms = catalogue.get("objective", "squared_error").forms
    catalogue.add(Objective("wave", forms, lambda *arguments: 1, axes=axes), "", "here")
    for values, expected in ((None, axes), ({"k": [0.5, 5]}, axes | {"k": (0.5, 5.0)})):
        assert several("objective", {"wave": values}, catalogue) == {"wave": expected}
    with pytest.raises(BadInput, match=r"^objective.wave.k=\[2,2\] is not allowed; allowed: each value once"):
        several("objective", {"wave": {"k": [2, 2]}}, catalogue)


def test_a_list_has_a_value_for_each_component(plugins: Registry) -> None:
    config = NORMAL | {"sigma": [[0.3, 1, 2], 0.5], "mu": [[1, 2, 3]]}
    assert families(config, plugins)["normal"] == {"mu": ((1.0, 2.0, 3.0),), "sigma": ((0.3, 1.0, 2.0), 0.5)}


def test_a_family_has_the_values_of_its_parameters_unless_told_otherwise(plugins: Registry) -> None:
    defaults = {name: parameter.values for name, parameter in plugins.get("family", "gamma").parameters.items()}
    assert families(NORMAL | {"family": {"gamma": {}}}, plugins) == {"gamma": defaults}
    changed = families(NORMAL | {"family": {"gamma": {"alpha": [2, 5]}, "normal": None}}, plugins)
    assert changed["gamma"] == defaults | {"alpha": (2.0, 5.0)}
    assert changed["normal"] == {"mu": (1.0,), "sigma": (0.5, 2.0)}


def test_mu_and_sigma_need_no_value_where_there_is_no_normal(plugins: Registry) -> None:
    assert set(families({"family": {"gamma": {}}, "mu": None, "sigma": None}, plugins)) == {"gamma"}


@pytest.mark.parametrize(("family", "key"), [("normal", "sigma"), ("gamma", "family.gamma.sigma")])
def test_the_parameters_of_the_normal_stand_at_the_top(family: str, key: str) -> None:
    assert parameter_key(family, "sigma") == key
