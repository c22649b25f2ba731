"""The contract: every field of every plug-in has its rule, and the first that breaks it is named."""

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest

from bench import spec
from bench.registry import Registry, contract
from tests.support.contract import combine, too_few, undecorated


def fields_of(kind: type) -> set[str]:
    return {field.name for field in fields(kind)} if is_dataclass(kind) else set(kind._fields)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", contract.RULES)
def test_every_field_has_a_rule(kind: type) -> None:
    assert fields_of(kind) == set(contract.RULES[kind])


PARTS_OF_PLUGINS = {
    *(spec.Batches, spec.Form, spec.BaseNoise, spec.Parameter, spec.Pairs, spec.Weights, spec.Weight, spec.Points),
}


def test_the_package_keeps_the_contract(plugins: Registry) -> None:
    everything = [plugin for by_name in plugins.plugins.values() for plugin in by_name.values()]
    assert {type(plugin) for plugin in everything} == contract.RULES.keys() - PARTS_OF_PLUGINS
    assert [contract.breach(plugin) for plugin in everything] == [None] * len(everything)


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
        "forms[shared][direct].slope is the function undecorated(noise, j, theta, phi, f, first, out); allowed: a ",
    ),
    "exact": (
        lambda objective: {"exact": lambda theta, x, phi: theta},
        "exact is the function <lambda>(theta, x, phi); allowed: a mapping from names of families to a function (th",
    ),
    "an exact gradient of other arguments": (
        lambda objective: {"exact": {"normal": lambda theta: theta}},
        "exact is {'normal': <function ",
    ),
    "target": (lambda objective: {"target": "yes"}, "target is 'yes'; allowed: True, False"),
    "breaks": (
        lambda objective: {"breaks": (math.nan,)},
        "breaks is (nan,); allowed: a tuple of finite numbers; or a function (phi)",
    ),
    "misses": (lambda objective: {"misses": ("value",)}, "misses is ('value',); allowed: a tuple of slope, curvature"),
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
        (spec.Sampler("s", lambda *arguments: None, coupled=3), "coupled is 3; allowed: 1, 2, 4, 8; or estimate"),
        (
            spec.Sampler("s", lambda *arguments: None, coupled="all"),
            "coupled is 'all'; allowed: 1, 2, 4, 8; or estimate",
        ),
        (spec.Sampler("s", lambda generator: None), "fill is the function <lambda>(generator); allowed: a function ("),
        (spec.Dataset("d", None), "load is None; allowed: a function"),
        (spec.Dataset("d", print, {"a b": 1}), "parameters is {'a b': 1}; allowed: a mapping from names other than "),
        (spec.Dataset("d", print, unit=None), "unit is None; allowed: text"),
        (spec.Executor("e", 3), "map is 3; allowed: a function"),
        (spec.Executor("e", map, opened=3), "opened is 3; allowed: "),
        (
            spec.Executor("e", map, opened=lambda: None),
            "opened does not take (registry); allowed: a function that does",
        ),
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


class Unspeakable:
    """Raises whatever is asked of it."""

    def __repr__(self) -> str:
        raise ValueError("no words")

    def __eq__(self, other: object) -> bool:
        raise ValueError("no comparison")

    __hash__ = None  # type: ignore[assignment]


ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**31, 10**400, -0.5, math.nan, math.inf, 1j, "", "a b", "../x", "name\n", "x" * 65, b"x"),
    *(
        (),
        ("value", "value"),
        (None,),
        [],
        ["value"],
        set(),
        {},
        {1: 2},
        {"a": None},
        {"a": [math.nan]},
        {"a b": (1.0,)},
    ),
    *(
        {"shared": None},
        {"shared": {"direct": 1}},
        range(3),
        np.zeros(3),
        np.float64(1),
        np.array(["a"]),
        object(),
        int,
    ),
    *(print, len, too_few, undecorated, combine, Exception, Unspeakable(), (Unspeakable(),), {"a": Unspeakable()}),
)


@pytest.mark.parametrize("kind", [kind for kind in contract.RULES if kind not in PARTS_OF_PLUGINS])
def test_whatever_a_field_holds_is_judged_in_one_line(plugins: Registry, kind: type) -> None:
    plugin = next(p for by_name in plugins.plugins.values() for p in by_name.values() if type(p) is kind)
    for name in contract.RULES[kind]:
        for value in ODD:
            breach = contract.breach(replace(plugin, **{name: value}))
            assert breach is None or ("allowed: " in breach and "\n" not in breach and len(breach) < 600)


@pytest.mark.parametrize("part", sorted(PARTS_OF_PLUGINS, key=lambda part: part.__name__))
def test_whatever_a_field_of_a_part_holds_is_judged(part: type) -> None:
    for rule in contract.RULES[part].values():
        assert {rule.allows(value) for value in ODD} <= {True, False}
