"""Gradients by mu and sigma of a normal and their variances, against the published comparisons and closed forms."""

import math

import numpy as np
import pytest

from bench import wrap
from bench.engine import apply
from bench.engine.case import Case
from bench.kernels.pairs import MAXWELL, RAYLEIGH
from bench.spec import Floats, Objective
from tests.support import families
from tests.support.known import DIGITS, FOUR, case, gradient, squares, variance


def gaussian(k: float) -> Objective:
    """exp(-k y^2)."""
    return wrap.objective("gaussian", lambda y: np.exp(-k * y[0] ** 2), slope=lambda y: -2 * k * y * np.exp(-k * y**2))


def cosine(k: float) -> Objective:
    """cos(k y)."""
    return wrap.objective("cos", lambda y: np.cos(k * y[0]), slope=lambda y: -k * np.sin(k * y))


def sine(k: float) -> Objective:
    """sin(k y)."""
    return wrap.objective("sin", lambda y: np.sin(k * y[0]), slope=lambda y: k * np.cos(k * y))


BOTH = wrap.objective("both", lambda y: y[0] + y[0] ** 2, slope=lambda y: 1 + 2 * y)
SHIFTED = math.sqrt(16 / math.pi - 4)
TABLE = [  # f at mu = sigma = 1: score function, pathwise, measure-valued (coupled); by mu and by sigma
    (squares(-3.0), (495, 1546), (4, 72), (16 * SHIFTED**2, 68), DIGITS),
    (squares(0.0), (30, 136), (4, 12), (SHIFTED**2, 8), DIGITS),
    (gaussian(10.0), (0.07694, 0.009035), (0.9416, 0.8921), (0.02066, 0.1167), FOUR),
    (cosine(5.0), (0.5, 1.0), (12.5, 12.5), (0.2957, 1.0), FOUR),
]
NAMES = ["(y + 3)^2", "y^2", "exp(-10 y^2)", "cos 5 y"]
STANDARD = [  # f at N(0, 1): score function and pathwise by mu, by sigma
    (BOTH, (17, 4), (84, 9), DIGITS),
    (sine(1.0), (0.3351, 0.1998), (0.8647, 0.2970), FOUR),
    (sine(10.0), (0.5, 50), (1, 50), FOUR),
]


def variance_of_pairs(single: Case) -> Floats:
    """[rows] Over so many nodes as a peak needs that is narrow beside sigma, where the oracle does not settle."""
    noise, weights = families.product((RAYLEIGH, MAXWELL), 512, ())
    out = apply.contributions(single, np.concatenate([np.zeros((1, 1, weights.size)), noise]))
    return (out - (out @ weights)[:, np.newaxis]) ** 2 @ weights


@pytest.mark.parametrize(("f", "score_function", "pathwise", "measure_valued", "digits"), TABLE, ids=NAMES)
def test_the_published_objectives(
    f: Objective,
    score_function: tuple[float, ...],
    pathwise: tuple[float, ...],
    measure_valued: tuple[float, ...],
    digits: float,
) -> None:
    expected = {"score_function": score_function, "pathwise": pathwise, "measure_valued": measure_valued}
    for estimator, variances in expected.items():
        single = case(f, "normal", (1.0, 1.0), estimator)
        narrow = f.name == "gaussian" and estimator == "measure_valued"
        found = variance_of_pairs(single) if narrow else variance(single)
        np.testing.assert_allclose(found, variances, rtol=digits)


@pytest.mark.parametrize(("f", "by_mu", "by_sigma", "digits"), STANDARD, ids=["y + y^2", "sin y", "sin 10 y"])
def test_at_the_standard_normal(
    f: Objective, by_mu: tuple[float, ...], by_sigma: tuple[float, ...], digits: float
) -> None:
    for at, estimator in enumerate(("score_function", "pathwise")):
        found = variance(case(f, "normal", (0.0, 1.0), estimator))
        np.testing.assert_allclose(found, (by_mu[at], by_sigma[at]), rtol=digits)


@pytest.mark.parametrize("samples", [1, 10, 1000])
def test_an_average_of_draws(samples: int) -> None:
    """y^2 at N(2, 1): 87 / K and 4 / K."""
    for estimator, single in (("score_function", 87.0), ("pathwise", 4.0)):
        found = variance(case(squares(0.0), "normal", (2.0, 1.0), estimator), samples)
        assert found[0] == pytest.approx(single / samples, rel=DIGITS)


@pytest.mark.parametrize("mu", [-1.0, 0.4, 3.0])
@pytest.mark.parametrize("sigma", [0.3, 2.0])
def test_a_square_in_closed_form(mu: float, sigma: float) -> None:
    """(y - k)^2 with a = mu - k."""
    k, s = 0.7, sigma
    a = mu - k
    expected = {
        "score_function": (a**4 / s**2 + 14 * a**2 + 15 * s**2, 2 * a**4 / s**2 + 60 * a**2 + 74 * s**2),
        "pathwise": (4 * s**2, 4 * a**2 + 8 * s**2),
        "measure_valued": (a**2 * SHIFTED**2, 4 * a**2 + 4 * s**2),
    }
    for estimator, variances in expected.items():
        single = case(squares(k), "normal", (mu, sigma), estimator)
        np.testing.assert_allclose(gradient(single), (2 * a, 2 * s), rtol=DIGITS)
        np.testing.assert_allclose(variance(single), variances, rtol=DIGITS)


def test_a_sum_over_components_with_one_sigma_each() -> None:
    """f = sum y at N(0.5, sigma^2 I): by each sigma_j d^2 / (2 sigma^2) + 2 d + 8 with the joint score."""
    for d, sigma in ((1, 0.5), (3, 0.5), (5, 2.0)):
        f = wrap.objective("sum", lambda y: y.sum(axis=0), slope=np.ones_like, terms=lambda y: np.array(y), dimension=d)
        thetas = (0.5,) * d, (sigma,) * d
        joint = variance(case(f, "normal", thetas, "score_function", "untied", d)).reshape(d, 2)
        np.testing.assert_allclose(joint[:, 1], d**2 / (2 * sigma**2) + 2 * d + 8, rtol=DIGITS)
