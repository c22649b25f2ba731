"""Cumulants: the two recursions undo each other, and known laws come out."""

import math

import numpy as np

from bench.kernels.normal import gauss_hermite
from bench.statistics import cumulants

POINTS, WEIGHTS = gauss_hermite(40)


def test_moments_undo_cumulants() -> None:
    generator = np.random.Generator(np.random.PCG64(1))
    moments = cumulants.joint_moments(generator.normal(size=(3, 40)), generator.normal(size=(3, 40)), WEIGHTS)
    again = cumulants.moments(cumulants.cumulants(moments))
    np.testing.assert_allclose(again, moments, rtol=1e-10, atol=1e-12 * np.max(abs(moments)))


def test_cumulants_of_a_normal_pair() -> None:
    """f = 2 + 3 eps, s = 5 eps: means, variances and covariance, nothing beyond."""
    coefficients = cumulants.cumulants(cumulants.joint_moments(2 + 3 * POINTS[None], 5 * POINTS[None], WEIGHTS))[..., 0]
    expected = np.zeros((5, 5))
    expected[1, 0], expected[2, 0], expected[0, 2], expected[1, 1] = 2.0, 9 / 2, 25 / 2, 15.0
    np.testing.assert_allclose(coefficients, expected, atol=1e-9)


def test_products_of_sums_over_many_components() -> None:
    """F = S = a chi-squared sum of d terms: E F^(2p) = 2^(2p) Gamma(d/2 + 2p) / Gamma(d/2)."""
    d = 500
    squares = np.tile(POINTS**2, (d, 1))
    moments = cumulants.product_moments(squares, squares, WEIGHTS)
    exact = [math.exp(2 * p * math.log(2) + math.lgamma(d / 2 + 2 * p) - math.lgamma(d / 2)) for p in range(5)]
    np.testing.assert_allclose(moments, exact, rtol=1e-10)


def test_central_moments() -> None:
    raw = np.array([1.0, 2.0, 4.0 + 9.0, 8.0 + 3 * 2 * 9.0, 16.0 + 6 * 4 * 9.0 + 3 * 81.0])  # N(2, 9)
    np.testing.assert_allclose(cumulants.central(raw), (2.0, 9.0, 243.0))
