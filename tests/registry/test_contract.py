"""The contract: every field of every plug-in has its rule, and the first that breaks it is named."""

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest

from bench import spec
from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.registry import Registry, contract

COMBINE = "a function (noise, j, theta, phi, f, first, out) decorated with @kernel from bench.kernels.jit"


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


def undecorated(noise, j, theta, phi, f, first, out):
    pass


@kernel
def combine(noise, j, theta, phi, f, first, out):
    pass


@kernel
def reads_slope(noise, j, theta, phi, f, first, out):
    out[0] = f.slope[0, 0] * f.value[0]


@kernel
def weigh(noise, y, theta, phi, f, out):
    pass


@kernel
def joint(value, samples, out):
    pass


@kernel
def place(noise, j, theta, phi, x):
    pass


@kernel
def too_few(noise, theta):
    pass


POINTS = spec.Points(combine, needs=("value",))
OWN = spec.Weight(weigh, ("value",))
JOINT = spec.Weights(score="value", joint=joint)
ESTIMATORS: dict[str, tuple[dict[str, Any], str]] = {
    "needs of another name": (
        {"rule": replace(POINTS, needs=("gradient",))},
        "rule.needs is ('gradient',); allowed: a tuple of value, slope, curvature",
    ),
    "needs without a comma": (
        {"rule": replace(POINTS, needs="value")},
        "rule.needs is 'value'; allowed: a tuple of value, slope, curvature",
    ),
    "terms are for weights": (
        {"rule": replace(POINTS, needs=("terms",))},
        "rule.needs is ('terms',); allowed: a tuple of value, slope, curvature",
    ),
    "no decorator": (
        {"rule": replace(POINTS, combine=undecorated)},
        "rule.combine is the function undecorated(noise, j, theta, phi, f, first, out); allowed: " + COMBINE,
    ),
    "arguments": (
        {"rule": replace(POINTS, combine=too_few)},
        f"rule.combine is the kernel too_few(noise, theta); allowed: {COMBINE}",
    ),
    "place": (
        {"rule": replace(POINTS, place=too_few)},
        "rule.place is the kernel too_few(noise, theta); allowed: a function (noise, j, theta, phi, x) decorated",
    ),
    "breaks": ({"rule": replace(POINTS, breaks=(0.5,))}, "rule.breaks is (0.5,); allowed: a function (theta, phi), or"),
    "made_of": (
        {"rule": replace(POINTS, made_of=None)},
        "rule.made_of is None; allowed: path, slope, pairs, entropy; or empty",
    ),
    "evaluations": (
        {"rule": replace(POINTS, evaluations=1.5)},
        "rule.evaluations is 1.5; allowed: a whole number >= 1",
    ),
    "channels": ({"rule": replace(POINTS, channels=(1,))}, "rule.channels is (1,); allowed: a tuple of BaseNoise"),
    "a channel": (
        {"rule": replace(POINTS, channels=(NORMAL, replace(NORMAL, rule=None)))},
        "rule.channels[1].rule is None; allowed: a function (nodes)",
    ),
    "two channels of a name": (
        {"rule": replace(POINTS, channels=(NORMAL, NORMAL))},
        "rule.channels has 'normal' twice; allowed: a name for each channel",
    ),
    "a field that it does not ask for": (
        {"rule": replace(POINTS, combine=reads_slope)},
        "rule.combine reads f.slope, which rule.needs=('value',) does not name",
    ),
    "no rule": ({"rule": None}, "rule is None; allowed: Weights; or Points; or a function (family)"),
    "a rule of another number of arguments": (
        {"rule": lambda: POINTS},
        "rule is the function <lambda>(); allowed: Weights; or Points; or a function (family)",
    ),
    "no weight": (
        {"rule": spec.Weights()},
        "rule is Weights(score=None, path=None, joint=None, constant=None); allowed: a score, a path or both",
    ),
    "a score of another name": (
        {"rule": spec.Weights(score="slope")},  # type: ignore[arg-type]
        "rule.score is 'slope'; allowed: value, terms; or Weight, or None",
    ),
    "a path of another name": (
        {"rule": spec.Weights(path="value")},  # type: ignore[arg-type]
        "rule.path is 'value'; allowed: slope; or Weight, or None",
    ),
    "joint": (
        {"rule": replace(JOINT, joint=too_few)},
        "rule.joint is the kernel too_few(noise, theta); allowed: a function (value, samples, out) decorated",
    ),
    "joint weights of terms": (
        {"rule": replace(JOINT, score="terms")},
        "rule.joint makes weights of f from all draws; allowed: with score='value', without path and constant",
    ),
    "joint weights with a path": (
        {"rule": replace(JOINT, path="slope")},
        "rule.joint makes weights of f from all draws; allowed: with score='value', without path and constant",
    ),
    "a weight's kernel": (
        {"rule": spec.Weights(score=replace(OWN, kernel=too_few))},
        "rule.score.kernel is the kernel too_few(noise, theta); allowed: a function (noise, y, theta, phi, f, out) dec",
    ),
    "a weight's needs": (
        {"rule": spec.Weights(path=replace(OWN, needs=("gradient",)))},
        "rule.path.needs is ('gradient',); allowed: a tuple of value, terms, slope, curvature",
    ),
    "what a weight is for": (
        {"rule": spec.Weights(score=replace(OWN, per="row"))},
        "rule.score.per is 'row'; allowed: draw, parameter, component",
    ),
    "a degree without joint weights": (
        {"rule": spec.Weights(score="value"), "degree": 2},
        "degree is 2, and no rule.joint takes draws together; allowed: 1",
    ),
    "a degree of points": ({"degree": 2}, "degree is 2, and no rule.joint takes draws together; allowed: 1"),
    "degree": ({"degree": 0}, "degree is 0; allowed: a whole number >= 1"),
    "axes": ({"axes": {"h": []}}, "axes is {'h': []}; allowed: a mapping from names to lists of one or more finite "),
    "name": (
        {"name": "my rule"},
        "name is 'my rule'; allowed: a name of ASCII letters, digits and underscores that starts ",
    ),
    "skip": ({"skip": "never"}, "skip is 'never'; allowed: a function (cell)"),
    "freeze": ({"freeze": 1.0}, "freeze is 1.0; allowed: a function (pilot), or None"),
}


@pytest.mark.parametrize("slip", ESTIMATORS)
def test_a_slip_in_an_estimator_is_named(slip: str) -> None:
    changes, message = ESTIMATORS[slip]
    breach = contract.breach(spec.Estimator(**{"name": "x", "rule": POINTS} | changes))
    assert breach is not None
    assert breach.startswith(message)


@pytest.mark.parametrize(
    "estimator",
    [
        spec.Estimator("x", POINTS),
        spec.Estimator("x", JOINT, degree=2),
        spec.Estimator("x", JOINT),
        spec.Estimator("x", spec.Weights(score=OWN, path="slope")),
        spec.Estimator("x", lambda family: "declines"),
        spec.Estimator("x", replace(POINTS, combine=reads_slope, needs=("value", "slope"))),
    ],
)
def test_a_right_estimator_passes(estimator: spec.Estimator) -> None:
    assert contract.breach(estimator) is None


FAMILIES: dict[str, tuple[dict[str, Any], str]] = {
    "transport": (
        {"transport": too_few},
        "transport is the kernel too_few(noise, theta); allowed: a function (noise, j, theta, y) decorated",
    ),
    "score": (
        {"score": None},
        "score is None; allowed: a function (weight, noise, j, theta, y, first, out) decorated with @kernel",
    ),
    "no channel": ({"channels": ()}, "channels is (); allowed: a tuple of one or more BaseNoise"),
    "a channel": (
        {"channels": (replace(NORMAL, name="a b"),)},
        "channels[0].name is 'a b'; allowed: a name of ASCII letters",
    ),
    "a channel's fallback": (
        {"channels": (replace(NORMAL, fallback=3),)},
        "channels[0].fallback is 3; allowed: a function (nodes), or None",
    ),
    "parameters": (
        {"parameters": {"mu": 1.0}},
        "parameters is {'mu': 1.0}; allowed: a mapping from names to Parameter",
    ),
    "a parameter": (
        {"parameters": {"mu": spec.Parameter((math.inf,)), "sigma": spec.Parameter((1.0,))}},
        "parameters[mu].values is (inf,); allowed: a tuple of one or more finite numbers",
    ),
    "a domain": (
        {"parameters": {"mu": spec.Parameter((1.0,), low=None), "sigma": spec.Parameter((1.0,))}},  # type: ignore[arg-type]
        "parameters[mu].low is None; allowed: a number",
    ),
    "no path and no reason": (
        {"path": None, "lacks": {}},
        "path is None; allowed: a reason in lacks['path'] for each of mu, sigma",
    ),
    "no path and half a reason": (
        {"path": None, "lacks": {"path": {"mu": "none"}}},
        "path is None; allowed: a reason in lacks['path'] for each of mu, sigma",
    ),
    "a reason for another parameter": (
        {"lacks": {"path": {"alpha": "none"}}},
        "lacks['path'] names alpha; allowed: mu, sigma",
    ),
    "a reason for another part": (
        {"lacks": {"score": {"mu": "none"}}},
        "lacks is {'score': {'mu': 'none'}}; allowed: ",
    ),
    "derived": (
        {"derived": {"sigma2": "sigma"}},
        "derived is {'sigma2': 'sigma'}; allowed: a mapping from names to a p",
    ),
    "derived from nothing": (
        {"derived": {"sigma2": ("variance", math.sqrt)}},
        "derived['sigma2'] is derived from variance; allowed: mu, sigma",
    ),
    "pairs without the familys channels": (
        {"pairs": spec.Pairs(place, combine, (UNIFORM,))},
        "pairs.channels begin otherwise than the family's own; allowed: normal, then what else is needed",
    ),
    "support": ({"support": 0.0}, "support is 0.0; allowed: a pair (low, high)"),
    "entropy": ({"entropy": 1.0}, "entropy is 1.0; allowed: a function (theta)"),
    "entropy_gradient": ({"entropy_gradient": None}, "one of entropy and entropy_gradient is None; allowed: both, or"),
    "no reason": (
        {"entropy": None, "entropy_gradient": None},
        "entropy is None; allowed: a reason in lacks['entropy']",
    ),
    "tabulate": ({"tabulate": None}, "tabulate is None; allowed: a function (theta)"),
    "breaks": ({"breaks": (0.5,)}, "breaks is (0.5,); allowed: a function (theta)"),
    "log_density": ({"log_density": None}, "log_density is None; allowed: a function (y, theta, out) decorated"),
    "pairs": ({"pairs": (1, 2)}, "pairs is (1, 2); allowed: Pairs, or None"),
    "what pairs are made of": (
        {"pairs": spec.Pairs(too_few, combine, (NORMAL,))},
        "pairs.place is the kernel too_few(noise, theta); allowed: a function (noise, j, theta, phi, x) decorated",
    ),
}


@pytest.mark.parametrize("slip", FAMILIES)
def test_a_slip_in_a_family_is_named(plugins: Registry, slip: str) -> None:
    changes, message = FAMILIES[slip]
    breach = contract.breach(replace(plugins.get("family", "normal"), **changes))
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
