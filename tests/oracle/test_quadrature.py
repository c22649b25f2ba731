"""The oracle against numbers known beforehand, and where it must say that it does not know."""

import math

import numpy as np
import pytest

from bench.spec import Variant
from tests.support.exact import known, variance


@pytest.mark.parametrize(("n", "mu_ratio"), [(1, 3.75), (3, 8.75), (10, 42.0), (100, 2652.0)])
def test_a_latent_for_each_datum(n: int, mu_ratio: float) -> None:
    """x_i = 0, sigma = 1: (n + 2)(n + 4) / 4 with the joint score, 3.75 with the local one."""
    x = np.zeros(n)
    pathwise = variance("pathwise", x, "per_datum")
    np.testing.assert_allclose(variance("score_function", x, "per_datum")[0] / pathwise[0], mu_ratio, rtol=1e-10)
    np.testing.assert_allclose(variance("score_function_local", x, "per_datum")[0] / pathwise[0], 3.75, rtol=1e-10)


@pytest.mark.parametrize(("k", "score_function", "pathwise"), [(-3.0, (495, 1546), (4, 72)), (0.0, (30, 136), (4, 12))])
def test_one_quadratic(k: float, score_function: tuple[float, ...], pathwise: tuple[float, ...]) -> None:
    """f = (y - k)^2 at mu = sigma = 1, one draw."""
    x = np.array([k])
    np.testing.assert_allclose(variance("score_function", x, mu=1.0), score_function, rtol=1e-10)
    np.testing.assert_allclose(variance("pathwise", x, mu=1.0), pathwise, rtol=1e-10)


@pytest.mark.parametrize(("mu", "sigma", "k"), [(1.0, 1.0, -3.0), (0.3, 0.2, 1.7), (-2.0, 5.0, 0.0)])
def test_any_quadratic(mu: float, sigma: float, k: float) -> None:
    """With a = mu - k; the second order's d/dsigma is a constant."""
    a, s, x = mu - k, sigma, np.array([k])
    closed = {
        "score_function": (a**4 / s**2 + 14 * a**2 + 15 * s**2, 2 * a**4 / s**2 + 60 * a**2 + 74 * s**2),
        "pathwise": (4 * s**2, 4 * a**2 + 8 * s**2),
        "second_order": (4 * s**2, 0.0),
    }
    for name, expected in closed.items():
        np.testing.assert_allclose(variance(name, x, mu=mu, sigma=sigma), expected, rtol=1e-10)


def test_cosine_where_the_score_function_wins() -> None:
    cosine = Variant("cosine", (5.0, 1.0))
    np.testing.assert_allclose(variance("score_function", mu=1.0, objective=cosine), (0.5, 1.0), rtol=1e-3)
    np.testing.assert_allclose(variance("pathwise", mu=1.0, objective=cosine), (12.5, 12.5), rtol=1e-3)


def test_ratios_at_a_0_s2_v() -> None:
    """5.5 for mu and 12 for sigma^2, for every n; 3.75 and 9.25 as sigma grows."""
    for n in (2, 50):
        x = np.tile([1.0, -1.0], n // 2)
        np.testing.assert_allclose(variance("score_function", x) / variance("pathwise", x), (5.5, 12.0), rtol=1e-10)
        wide = [variance(name, x, sigma=1e4) for name in ("score_function", "pathwise")]
        np.testing.assert_allclose(wide[0] / wide[1], (3.75, 9.25), rtol=1e-6)


def test_variance_of_an_average() -> None:
    """f = y^2, N(2, 1): 87/K and 4/K."""
    for samples in (1, 10, 1000):
        for name, single in (("score_function", 87.0), ("pathwise", 4.0)):
            moments = known(name, np.zeros(1), mu=2.0)
            np.testing.assert_allclose(moments.at(samples)[0][0] * samples, single, rtol=1e-10)


def test_a_constant_gradient_has_no_variance_and_no_excess() -> None:
    moments = known("second_order", np.array([0.1, 0.7, -0.3]), mu=0.37, sigma=0.91)
    assert moments.variance[1] == 0
    assert moments.kurtosis[1] == 3


@pytest.mark.parametrize(("k", "expected"), [(-3.0, (17.487, 68.0)), (0.0, (1.093, 8.0))])
def test_measure_valued_coupled(k: float, expected: tuple[float, ...]) -> None:
    """a^2 (16 / pi - 4), 4 a^2 + 4 s^2, a = mu - k."""
    spread = variance("measure_valued", np.array([k]), mu=1.0)
    np.testing.assert_allclose(spread, expected, rtol=1e-3)
    a = 1.0 - k
    np.testing.assert_allclose(spread, (a * a * (16 / math.pi - 4), 4 * a * a + 4), rtol=1e-8)
