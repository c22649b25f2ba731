"""The contract of estimators: the first field that breaks its rule is named."""

from dataclasses import replace
from typing import Any

import pytest

from bench import spec
from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.registry import contract
from tests.support.contract import combine, too_few, undecorated

COMBINE = "a function (noise, j, theta, phi, f, first, out) decorated with @kernel from bench.kernels.jit"


@kernel
def reads_slope(noise, j, theta, phi, f, first, out):
    out[0] = f.slope[0, 0] * f.value[0]


@kernel
def weigh(noise, y, theta, phi, f, out):
    pass


@kernel
def joint(value, samples, out):
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
