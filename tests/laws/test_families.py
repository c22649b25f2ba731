"""Laws of a family: transport, score, path, slope, entropy and pairs belong to one density, without draws of f."""

import numpy as np
import pytest

from bench.laws.families import ACCURACY, KERNEL_LAWS, LAWS, applies
from bench.spec import Family, Floats
from tests.support.families import (
    CASES,
    DISTRIBUTIONS,
    FAMILIES,
    SOURCES,
    THETAS,
    accuracy,
    name_of,
)

PARTS = ("path", "slope", "pairs")


def test_every_family_has_values_and_a_source() -> None:
    assert all(THETAS[name] for name in FAMILIES)
    assert {*DISTRIBUTIONS} >= {*FAMILIES}


ALL_LAWS = {**LAWS, **KERNEL_LAWS}
HELD = [(law, family, theta) for law in ALL_LAWS for family, theta in CASES if applies(ALL_LAWS[law], family)]


@pytest.mark.parametrize(("law", "family", "theta"), HELD, ids=name_of)
def test_laws_hold(law: str, family: Family, theta: Floats) -> None:
    assert ALL_LAWS[law].broken(family, theta, accuracy(family)) is None


def test_all_laws_apply_to_the_normal_family() -> None:
    assert {law for law, family, _ in HELD if family.name == "normal"} == {*ALL_LAWS}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(("family", "theta"), CASES, ids=name_of)
def test_the_density_is_that_of_an_independent_source(family: Family, theta: Floats, source: str) -> None:
    assert SOURCES[source](family, theta) is None


@pytest.mark.parametrize("family", FAMILIES.values(), ids=name_of)
def test_what_is_missing_has_a_reason_for_every_parameter(family: Family) -> None:
    assert {*family.lacks} <= {*PARTS}
    for part in PARTS:
        reasons = family.lacks.get(part, {})
        assert {*reasons} <= {*family.parameters}
        assert all(reasons.values())
        assert (getattr(family, part) is None) == ({*reasons} == {*family.parameters})


EXTREME: dict[str, list[tuple[float, ...]]] = {
    "normal": [(mu, sigma) for mu in (0.0, -1e3, 1e6) for sigma in (1e-3, 0.1, 1e3)],
    "laplace": [(mu, b) for mu in (0.0, -1e3, 1e6) for b in (1e-3, 0.1, 1e3)],
    "gamma": [(alpha, rate) for alpha in (0.05, 1.0, 300.0) for rate in (1e-3, 1e3)],
    "bernoulli": [(logit,) for logit in (-12.0, 12.0)],
}


@pytest.mark.parametrize("name", EXTREME)
def test_what_a_sweep_tries_holds_at_extreme_thetas_too(name: str) -> None:
    """With the accuracy that is asked of a user's."""
    tried = {law: rule for law, rule in LAWS.items() if rule.everywhere and applies(rule, FAMILIES[name])}
    assert {"score of the density", "mean of the score"} <= {*tried}
    for theta in EXTREME[name]:
        failing = [law for law, rule in tried.items() if rule.broken(FAMILIES[name], np.array(theta), ACCURACY)]
        assert (theta, failing) == (theta, [])
