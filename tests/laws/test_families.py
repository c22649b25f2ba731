"""Laws of a family: its path and its score belong to its density, pointwise, without draws and without f."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.kernels.jit import kernel
from bench.spec import Family, Floats
from tests.support.cases import EVERYTHING

FAMILIES = EVERYTHING.plugins["family"]
THETAS = {"normal": ([0.3, 0.7], [-2.0, 3.0])}
NOISE = np.linspace(-3.0, 3.0, 25)
STEP, TOLERANCE = 1e-5, 1e-9  # of central differences: their error is of the order STEP^2 and round-off / STEP
CASES = [(family, np.array(theta)) for family in FAMILIES.values() for theta in THETAS[family.name]]


def transported(family: Family, theta: Floats, noise: Floats = NOISE) -> Floats:
    """y[draws]."""
    y = np.empty(noise.size)
    family.transport(noise.reshape(1, 1, -1), 0, theta, y)
    return y


def derivatives(kernel_of: Callable[[Family], Any], family: Family, theta: Floats) -> Floats:
    """[k, draws] The score or the path derivative: the kernel with weight 1."""
    y, out = transported(family, theta), np.empty((len(family.parameters), NOISE.size))
    kernel_of(family)(np.ones(NOISE.size), NOISE.reshape(1, 1, -1), 0, theta, y, True, out)
    return out


def score(family: Family, theta: Floats) -> Floats:
    return derivatives(lambda family: family.score, family, theta)


def path(family: Family, theta: Floats) -> Floats:
    return derivatives(lambda family: family.path, family, theta)


def log_density(family: Family, y: Floats, theta: Floats) -> Floats:
    out = np.empty(y.size)
    family.log_density(y, theta, out)
    return out


def slope(family: Family, y: Floats, theta: Floats) -> Floats:
    out = np.empty(y.size)
    family.slope(y, theta, out)
    return out


def moved(theta: Floats, p: int, step: float) -> Floats:
    return theta + step * np.eye(theta.size)[p]


def differences(function: Callable[[Floats], Floats], theta: Floats) -> Floats:
    """[k, draws] Central differences of a function of theta."""
    return np.array([(function(moved(theta, p, STEP)) - function(moved(theta, p, -STEP))) / (2 * STEP) for p in (0, 1)])


def first_law(family: Family, theta: Floats) -> float:
    """The largest |s + dJ/dy + J * slope|, relative: what makes score and path two views of one density."""
    y, jacobian = transported(family, theta), path(family, theta)
    along = np.gradient(jacobian, y, axis=1, edge_order=2)  # exact for the normal: J is linear in y
    terms = score(family, theta), along, jacobian * slope(family, y, theta)
    return float(np.max(abs(sum(terms))) / max(np.max(abs(term)) for term in terms))


def errors(family: Family, theta: Floats) -> dict[str, float]:
    """The relative error of each law."""
    y = transported(family, theta)
    kernels = {
        "path is the derivative of the transport": (path, lambda at: transported(family, at)),
        "score is the derivative of the log density": (score, lambda at: log_density(family, y, at)),
    }
    found = {"first law": first_law(family, theta)}
    for law, (kernel_values, function) in kernels.items():
        values = kernel_values(family, theta)
        found[law] = float(np.max(abs(values - differences(function, theta))) / np.max(abs(values)))
    up, down = (log_density(family, y + step, theta) for step in (STEP, -STEP))
    slopes = slope(family, y, theta)
    found["slope is the derivative of the log density by y"] = float(
        np.max(abs(slopes - (up - down) / (2 * STEP))) / np.max(abs(slopes))
    )
    return found


@pytest.mark.parametrize(("family", "theta"), CASES, ids=lambda value: getattr(value, "name", None))
def test_score_path_and_slope_belong_to_the_density(family: Family, theta: Floats) -> None:
    assert max(errors(family, theta).values()) < TOLERANCE


@pytest.mark.parametrize(("family", "theta"), CASES, ids=lambda value: getattr(value, "name", None))
def test_the_score_has_mean_0_and_the_entropy_is_that_of_the_density(family: Family, theta: Floats) -> None:
    points, weights = family.channels[0].rule(64)
    y, out = transported(family, theta, points), np.empty((theta.size, points.size))
    family.score(np.ones(points.size), points.reshape(1, 1, -1), 0, theta, y, True, out)
    assert np.max(abs(out @ weights)) < 1e-13 * np.max(abs(out))
    assert family.entropy(theta) == pytest.approx(-log_density(family, y, theta) @ weights, abs=1e-12)
    by_differences = differences(lambda at: np.array([family.entropy(at)]), theta)[:, 0]
    np.testing.assert_allclose(family.entropy_gradient(theta), by_differences, atol=1e-9)


@pytest.mark.parametrize(("family", "theta"), CASES, ids=lambda value: getattr(value, "name", None))
def test_components_add_up_and_do_not_share_noise(family: Family, theta: Floats) -> None:
    """The first component writes, the others add; each reads its own row of the noise."""
    generator = np.random.default_rng(3)
    noise, weight = generator.normal(size=(1, 2, 8)), generator.normal(size=8)
    for add in (family.score, family.path):
        both, alone = np.full((2, 8), np.nan), np.empty((2, 2, 8))
        y = np.empty((2, 8))
        for j in range(2):
            family.transport(noise, j, theta, y[j])
            add(weight, noise, j, theta, y[j], j == 0, both)
            add(weight, noise[:, j : j + 1].copy(), 0, theta, y[j], True, alone[j])
        np.testing.assert_allclose(both, alone.sum(axis=0), rtol=1e-13)
        assert not np.allclose(y[0], y[1])


@kernel
def score_without_square(weight, noise, j, theta, y, first, out):
    """1 / sigma^2 mistaken for 1 / sigma."""
    for i in range(y.size):
        out[0, i] = weight[i] * noise[0, j, i]
        out[1, i] = weight[i] * (noise[0, j, i] ** 2 - 1.0) / theta[1]


@kernel
def path_by_log_sigma(weight, noise, j, theta, y, first, out):
    """The derivative by log sigma passed for that by sigma."""
    for i in range(y.size):
        out[0, i] = weight[i]
        out[1, i] = weight[i] * noise[0, j, i] * theta[1]


@kernel
def slope_wrong(y, theta, out):
    """0.1 % wrong."""
    for i in range(y.size):
        out[i] = -1.001 * (y[i] - theta[0]) / theta[1] ** 2


@pytest.mark.parametrize(
    ("mutant", "laws"),
    [
        ({"score": score_without_square}, {"first law", "score is the derivative of the log density"}),
        ({"path": path_by_log_sigma}, {"first law", "path is the derivative of the transport"}),
        ({"slope": slope_wrong}, {"first law", "slope is the derivative of the log density by y"}),
    ],
)
def test_control_mutants_are_caught(mutant: dict[str, Any], laws: set[str]) -> None:
    broken = errors(replace(FAMILIES["normal"], **mutant), np.array([0.3, 0.7]))
    assert {law for law, error in broken.items() if error > 1e-4} == laws


def test_every_family_has_values_to_be_tested_at() -> None:
    assert set(THETAS) == set(FAMILIES)
