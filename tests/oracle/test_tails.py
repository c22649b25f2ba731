"""A moment that is infinite, or lies beyond the nodes, is none, though it stands still where all rules end."""

from collections.abc import Callable

import numpy as np
import pytest

from bench import wrap
from bench.engine.case import Case
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.oracle.tails import ENDLESS
from bench.spec import Floats, Theta
from tests.support.known import case


def made(f: Callable[[Floats], Floats], slope: Callable[[Floats], Floats], family: str, theta: Theta) -> list[Case]:
    objective = wrap.objective("f", lambda y: f(y[0]), slope=slope)
    return [case(objective, family, theta, estimator) for estimator in ("score_function", "pathwise")]


def inverse(alpha: float) -> list[Case]:
    return made(lambda y: 1 / y, lambda y: -1 / y**2, "gamma", (alpha, 1.0))


def growth(a: float) -> list[Case]:
    """exp(a y^2) under N(0, 1): its power p has a mean where a p < 1/2."""
    return made(lambda y: np.exp(a * y * y), lambda y: 2 * a * y * np.exp(a * y * y), "normal", (0.0, 1.0))


@pytest.mark.parametrize("of", [*inverse(1.5), *growth(0.26), *growth(0.4)], ids=lambda of: of.estimator.name)
def test_an_infinite_variance_is_none(of: Case) -> None:
    found = quadrature.exact(of)
    assert np.isnan(found.variance).all()
    assert found.reason == ENDLESS


@pytest.mark.parametrize("a", [0.55, 1.0])
def test_an_infinite_mean_is_none(a: float) -> None:
    for of in growth(a):
        assert np.isnan(quadrature.exact(of).mean).all()
        assert exact_gradient(of) is None


def test_an_infinite_fourth_moment_leaves_the_variance() -> None:
    """1 / y at alpha = 6 has a fourth moment, and the score function's eighth power none; exp(y^2 / 8) has none."""
    for of in growth(0.15):
        found = quadrature.exact(of)
        assert np.isfinite(found.variance).all()
        assert np.isinf(found.kurtosis).all()
    pathwise = quadrature.exact(growth(0.15)[1])  # E (2 a y exp(a y^2))^2 = 4 a^2 (1 - 4 a)^(-3/2)
    assert pathwise.variance[0] == pytest.approx(4 * 0.15**2 * (1 - 4 * 0.15) ** -1.5, rel=1e-9)


@pytest.mark.parametrize("sigma", [0.5, 1.0, 2.0])
def test_control_what_dies_out_is_given(sigma: float) -> None:
    """exp(y), where the pathwise gradient by mu has variance e^(2 sigma^2) - e^(sigma^2)."""
    for of in made(np.exp, np.exp, "normal", (0.0, sigma)):
        found = quadrature.exact(of)
        assert np.isfinite([found.mean, found.variance]).all()
        assert not found.reason
    assert found.variance[0] == pytest.approx(np.exp(2 * sigma**2) - np.exp(sigma**2), rel=1e-9)


def test_what_lies_beyond_the_nodes_is_none_or_right() -> None:
    """max(e^y - 1, 0) at sigma = 10: its mean lies at z = 10, its variance at z = 20."""
    for of in made(
        lambda y: np.maximum(np.expm1(y), 0), lambda y: np.where(y > 0, np.exp(y), 0.0), "normal", (0.0, 10.0)
    ):
        found = quadrature.exact(of)
        assert np.isnan(found.variance).all()
        right = np.array([1.0, 10.0]) * np.exp(50.0)  # sigma^p E e^y beside which the rest is nothing
        assert np.all(np.isnan(found.mean) | (abs(found.mean / right - 1) < 1e-6))


@pytest.mark.parametrize("family", ["gamma", "normal", "bernoulli"])
def test_control_polynomials_die_out(family: str) -> None:
    theta: Theta = {"gamma": (0.5, 2.0), "normal": (1.0, 10.0), "bernoulli": (0.3,)}[family]
    objective = wrap.objective("f", lambda y: y[0] ** 4, slope=lambda y: 4 * y**3)
    found = quadrature.exact(case(objective, family, theta, "score_function"))
    assert np.isfinite([found.mean, found.variance, found.kurtosis]).all()
