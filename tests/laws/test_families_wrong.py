"""Controls of the laws of a family: what is wrong is caught."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.laws.families import ACCURACY, KERNEL_LAWS, LAWS, broken
from bench.spec import Component, Family, Floats, Kernel
from tests.support.families import (
    FAMILIES,
    THETAS,
    broken_laws,
    name_of,
)

# Mutants are tried at the first and the last theta of each family
CONTROLS = [(family, np.array(THETAS[name][at])) for name, family in FAMILIES.items() for at in (0, -1)]


def scaled(kernel: Any, factor: float = 1.001) -> Kernel:
    """A score or a path that is 0.1 % off."""
    return lambda weight, noise, j, theta, y, first, out: kernel(weight * factor, noise, j, theta, y, first, out)


def stretched(kernel: Any, factor: float = 1.001) -> Kernel:
    """A log density or a slope that is 0.1 % off."""

    def wrong(y: Floats, theta: Floats, out: Floats) -> None:
        kernel(y, theta, out)
        out *= factor

    return wrong


def by_theta(kernel: Any, change: Any) -> Kernel:
    """A transport at other parameters."""

    def wrong(noise: Floats, j: int, theta: Floats, y: Floats) -> None:
        kernel(noise, j, change(theta), y)

    return wrong


def by_rows(kernel: Any, factors: Any) -> Kernel:
    """A score or a path whose rows are multiplied by factors(theta)[k]."""

    def wrong(weight: Floats, noise: Floats, j: int, theta: Floats, y: Floats, first: bool, out: Floats) -> None:
        part = np.empty_like(out)
        kernel(weight, noise, j, theta, y, True, part)
        out[...] = part * factors(theta)[:, np.newaxis]

    return wrong


def primal(weight: Floats, noise: Floats, j: int, theta: Floats, y: Floats, first: bool, out: Floats) -> None:
    """y where dy/dtheta belongs."""
    out[...] = weight * y


def sharing(family: Family) -> Family:
    """Every component reads the first row of the noise."""
    return replace(family, transport=lambda noise, j, theta, y: family.transport(noise, 0, theta, y))


def with_pairs(family: Family, factor: float) -> Family:
    """The constants of the pairs are off by this factor."""
    assert family.pairs is not None
    right = family.pairs.combine

    def combine(noise: Floats, j: int, theta: Floats, phi: Floats, f: Component, first: bool, out: Floats) -> None:
        right(noise, j, theta, phi, f._replace(value=f.value * factor), first, out)

    return replace(family, pairs=replace(family.pairs, combine=combine))


def variance(theta: Floats) -> Floats:
    """The variance where the standard deviation belongs."""
    return np.array([theta[0], theta[1] ** 2, *theta[2:]])


def test_the_control_of_the_controls_is_right() -> None:
    """Wrapping a kernel in Python breaks nothing."""
    for name, family in FAMILIES.items():
        theta = np.array(THETAS[name][0])
        wrapped = replace(with_pairs(family, 1.0), score=scaled(family.score, 1.0))
        assert broken_laws(wrapped, theta) == set()


@pytest.mark.parametrize(("family", "theta"), CONTROLS, ids=name_of)
def test_control_what_is_wrong_by_a_thousandth_is_caught(family: Family, theta: Floats) -> None:
    """By the law that it breaks; the mean of a score that is a multiple of the right one is 0 all the same."""
    has_path = family.path is not None
    first_law = {"first law"} if has_path else set()
    assert broken_laws(replace(family, score=scaled(family.score)), theta) == {"score of the density"} | first_law
    assert "pairs of the density" in broken_laws(with_pairs(family, 1.001), theta)
    density = broken_laws(replace(family, log_density=stretched(family.log_density)), theta)
    assert {"score of the density", "density of the source"} <= density
    if family.path:
        mutant = replace(family, path=scaled(family.path))
        assert broken_laws(mutant, theta) == {"path of the transport", *first_law}
    if family.slope:
        mutant = replace(family, slope=stretched(family.slope))
        assert broken_laws(mutant, theta) >= {"slope of the density"}


@pytest.mark.parametrize(("family", "theta"), CONTROLS, ids=name_of)
def test_control_a_wrong_entropy_is_caught(family: Family, theta: Floats) -> None:
    shifted = replace(family, entropy=lambda theta: 0.001 + family.entropy(theta))
    assert broken_laws(shifted, theta) == {"entropy of the density"}
    other = replace(family, entropy_gradient=lambda theta: 0.001 + family.entropy_gradient(theta))
    assert broken_laws(other, theta) == {"gradient of the entropy"}


@pytest.mark.parametrize(("family", "theta"), CONTROLS, ids=name_of)
def test_control_shared_noise_is_caught(family: Family, theta: Floats) -> None:
    assert broken_laws(sharing(family), theta) == {"components apart"}


@pytest.mark.parametrize(("family", "theta"), CONTROLS, ids=name_of)
def test_control_the_primal_for_the_tangent_is_caught(family: Family, theta: Floats) -> None:
    if family.path:
        assert broken_laws(replace(family, path=primal), theta) >= {"path of the transport", "first law"}


@pytest.mark.parametrize("theta", THETAS["normal"], ids=name_of)
@pytest.mark.parametrize("name", ["normal", "laplace"])
def test_control_mistaken_scales_are_caught(name: str, theta: tuple[float, ...]) -> None:
    family, at = FAMILIES[name], np.array(theta)

    def by_sigma(theta: Floats) -> Floats:
        return np.array([theta[1], theta[1]])

    def by_log_sigma(theta: Floats) -> Floats:
        return np.array([1.0, theta[1]])

    without_square = replace(family, score=by_rows(family.score, lambda theta: by_sigma(theta) ** 2))
    assert broken_laws(without_square, at) == {"score of the density", "first law"}
    of_log = replace(family, path=by_rows(family.path, by_log_sigma))
    assert broken_laws(of_log, at) == {"path of the transport", "first law"}
    wide = replace(family, transport=by_theta(family.transport, variance))
    assert broken_laws(wide, at) >= {"transport of the source", "path of the transport"}


def test_control_a_shifted_transport_is_caught() -> None:
    """Whose path and score are right: y is not drawn from the density."""
    for name in ("normal", "laplace"):
        family, theta = FAMILIES[name], np.array(THETAS[name][0])

        def shifted(noise: Floats, j: int, theta: Floats, y: Floats, of: Any = family.transport) -> None:
            of(noise, j, theta, y)
            y += 0.001

        assert "density of the transport" in broken_laws(replace(family, transport=shifted), theta)


def test_control_a_wrong_factor_of_a_derived_parameter_is_caught() -> None:
    family = replace(FAMILIES["normal"], derived={"log_sigma": ("sigma", lambda sigma: 1.001 * sigma)})
    assert broken_laws(family, np.array(THETAS["normal"][0])) == {"derived parameters"}


@pytest.mark.parametrize(("sigma", "expected"), [(4.0, set()), (6.0, {"score of the density", "first law"})])
def test_control_a_score_that_is_off_beyond_a_theta_is_caught_there(sigma: float, expected: set[str]) -> None:
    right = FAMILIES["normal"]
    far = replace(right, score=by_rows(right.score, lambda theta: np.full(2, 1.001 if theta[1] > 5 else 1.0)))
    tried = {law for law, rule in LAWS.items() if rule.everywhere}
    assert expected <= tried
    assert {*broken(far, np.array([0.5, sigma]), ACCURACY)} == expected


def always_writing(kernel: Any) -> Kernel:
    """A score that writes where it should add."""
    return lambda weight, noise, j, theta, y, first, out: kernel(weight, noise, j, theta, y, True, out)


def other_in_the_last(kernel: Any) -> Kernel:
    """A path that is half of what it should be in component 6."""
    return lambda weight, noise, j, *rest: kernel(weight * (0.5 if j == 6 else 1.0), noise, j, *rest)


def test_controls_of_the_laws_of_kernels() -> None:
    family, theta = FAMILIES["normal"], np.array(THETAS["normal"][0])
    writes, own = KERNEL_LAWS["the first component writes"], KERNEL_LAWS["a component reads its own noise"]
    alike = KERNEL_LAWS["components alike"]
    assert writes.broken(replace(family, score=always_writing(family.score)), theta, 0.0)
    assert own.broken(sharing(family), theta, 0.0)
    assert not writes.broken(family, theta, 0.0)
    finding = alike.broken(replace(family, path=other_in_the_last(family.path)), theta, 0.0)
    assert finding is not None
    assert finding.place.startswith("path of component 6")
