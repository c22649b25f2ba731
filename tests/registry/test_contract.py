"""The contract: every field of every plug-in has its rule, and the first that breaks it is named."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from bench import spec
from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.registry import Registry, contract

NO_KERNEL = "a function (noise, theta, phi, f, out) decorated with @kernel from bench.kernels.jit"


def fields_of(kind: type) -> set[str]:
    return {field.name for field in fields(kind)} if is_dataclass(kind) else set(kind._fields)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", contract.RULES)
def test_every_field_has_a_rule(kind: type) -> None:
    assert fields_of(kind) == set(contract.RULES[kind])


def test_the_package_keeps_the_contract(plugins: Registry) -> None:
    everything = [plugin for by_name in plugins.plugins.values() for plugin in by_name.values()]
    assert {type(plugin) for plugin in everything} == contract.RULES.keys() - {
        spec.Form,
        spec.BaseNoise,
        spec.Weights,
        spec.Points,
    }
    assert [contract.breach(plugin) for plugin in everything] == [None] * len(everything)


def undecorated(noise, theta, phi, f, out):
    pass


@kernel
def combine(noise, theta, phi, f, out):
    pass


@kernel
def reads_slope(noise, theta, phi, f, out):
    out[0] = f.slope[0, 0] * f.value[0]


@kernel
def too_few(noise, theta):
    pass


ESTIMATORS: dict[str, tuple[dict[str, Any], str]] = {
    "needs of another name": (
        {"needs": ("gradient",)},
        "rule.needs is ('gradient',); allowed: a tuple of value, terms, slope, ",
    ),
    "needs without a comma": ({"needs": "value"}, "rule.needs is 'value'; allowed: a tuple of value, terms, slope, "),
    "structure": ({"structure": "added"}, "rule.structure is 'added'; allowed: sum, product"),
    "no decorator": (
        {"combine": undecorated},
        f"rule.combine is the function undecorated(noise, theta, phi, f, out); allowed: {NO_KERNEL}",
    ),
    "arguments": (
        {"combine": too_few},
        f"rule.combine is the kernel too_few(noise, theta); allowed: {NO_KERNEL}",
    ),
    "a degree without estimates": (
        {"degree": 2},
        "degree is 2, and estimate is None; allowed: a kernel that makes estimates of the draws",
    ),
    "a width without estimates": ({"width": 3}, "rule.width is 3, and estimate is None; allowed: a kernel that"),
    "two channels of a name": (
        {"channels": (NORMAL, NORMAL)},
        "rule.channels has 'normal' twice; allowed: a name for each channel",
    ),
    "a field that it does not ask for": (
        {"combine": reads_slope},
        "rule.combine reads f.slope, which rule.needs=('value',) does not name",
    ),
    "no weight": ({"rule": spec.Weights()}, "rule is Weights(score=None, path=None); allowed: one of score and path"),
    "two weights": (
        {"rule": spec.Weights(score="value", path="slope")},
        "rule is Weights(score='value', path='slope'); allowed: one of score and path",
    ),
    "degree": ({"degree": 0}, "degree is 0; allowed: a whole number >= 1"),
    "evaluations": ({"evaluations": 1.5}, "rule.evaluations is 1.5; allowed: a whole number >= 1"),
    "width": ({"width": 1}, "rule.width is 1; allowed: 2 (d/dmu, d/dsigma) or more"),
    "estimate": (
        {"estimate": too_few},
        "estimate is the kernel too_few(noise, theta); allowed: a function (",
    ),
    "axes": ({"axes": {"h": []}}, "axes is {'h': []}; allowed: a mapping from names to lists of one or more finite "),
    "name": ({"name": "my rule"}, "name is 'my rule'; allowed: a name of letters, digits and underscores that starts "),
    "skip": ({"skip": "never"}, "skip is 'never'; allowed: a function (cell)"),
    "channels": ({"channels": (1,)}, "rule.channels is (1,); allowed: a tuple of BaseNoise"),
    "a channel": (
        {"channels": (NORMAL, replace(NORMAL, rule=None))},
        "rule.channels[1].rule is None; allowed: a function (nodes)",
    ),
}


@pytest.mark.parametrize("slip", ESTIMATORS)
def test_a_slip_in_an_estimator_is_named(plugins: Registry, slip: str) -> None:
    changes, message = ESTIMATORS[slip]
    of_rule = {name: value for name, value in changes.items() if name in spec.Points.__dataclass_fields__}
    of_plugin = {name: value for name, value in changes.items() if name not in of_rule}
    points = spec.Points(combine, needs=("value",), structure="sum")
    breach = contract.breach(spec.Estimator(**{"name": "x", "rule": replace(points, **of_rule)} | of_plugin))
    assert breach is not None
    assert breach.startswith(message)


def forms(change: Callable[[spec.Form], Any]) -> Callable[[spec.Objective], dict[str, Any]]:
    """A change of one form of an objective."""
    return lambda objective: {"forms": {"shared": {"direct": change(objective.forms["shared"]["direct"])}}}


OBJECTIVES: dict[str, tuple[Callable[[spec.Objective], dict[str, Any]], str]] = {
    "latent": (
        lambda objective: {"forms": {"both": {}}},
        "forms is {'both': {}}; allowed: a mapping from shared, per_",
    ),
    "no latent": (lambda objective: {"forms": {}}, "forms is empty; allowed: one or two of direct, collapsed"),
    "a latent without forms": (lambda objective: {"forms": {"shared": {}}}, "forms[shared] is empty; allowed: one"),
    "no form": (
        forms(lambda form: None),
        "forms is {'shared': {'direct': None}}; allowed: a mapping from shared, per_da",
    ),
    "value": (
        forms(lambda form: form._replace(value=None)),
        "forms[shared][direct].value is None; allowed: a function (",
    ),
    "a derivative": (
        forms(lambda form: form._replace(slope=undecorated)),
        "forms[shared][direct].slope is the function undecorated(noise, theta, phi, f, out); allowed: a ",
    ),
    "exact": (
        lambda objective: {"exact": lambda mu, sigma: (0, 0)},
        "exact is the function <lambda>(mu, sigma); allowed: ",
    ),
    "uses_data": (lambda objective: {"uses_data": None}, "uses_data is None; allowed: True, False"),
}


@pytest.mark.parametrize("slip", OBJECTIVES)
def test_a_slip_in_an_objective_is_named(plugins: Registry, slip: str) -> None:
    change, message = OBJECTIVES[slip]
    objective = plugins.get("objective", "squared_error")
    breach = contract.breach(replace(objective, **change(objective)))
    assert breach is not None
    assert breach.startswith(message)


@pytest.mark.parametrize(
    ("plugin", "message"),
    [
        (spec.Sampler("s", lambda *arguments: None, coupled=3), "coupled is 3; allowed: 1, 2, 4, 8"),
        (spec.Sampler("s", lambda generator: None), "fill is the function <lambda>(generator); allowed: a function ("),
        (spec.Dataset("d", None), "load is None; allowed: a function"),
        (spec.Dataset("d", print, {"a b": 1}), "parameters is {'a b': 1}; allowed: a mapping from names to default "),
        (spec.Dataset("d", print, unit=None), "unit is None; allowed: text"),
        (spec.Executor("e", 3), "map is 3; allowed: a function"),
        (
            spec.Figure("f", "", "", lambda tables: None, lambda: None),
            "draw is the function <lambda>(); allowed: a function (slice)",
        ),
    ],
)
def test_a_slip_in_another_plugin_is_named(plugin: Any, message: str) -> None:
    breach = contract.breach(plugin)
    assert breach is not None
    assert breach.startswith(message)
