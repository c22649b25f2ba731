"""The contract of families: the first field that breaks its rule is named."""

import math
from dataclasses import replace
from typing import Any

import pytest

from bench import spec
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.registry import Registry, contract
from tests.support.contract import combine, place, too_few

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
