"""Cumulants: the two recursions undo each other, and known laws come out."""

import math

import numpy as np
import pytest

from bench.kernels.normal import gauss_hermite
from bench.spec import Floats
from bench.statistics import cumulants

POINTS, WEIGHTS = gauss_hermite(40)
OF_EACH = np.tile(WEIGHTS, (3, 1))  # [components, nodes]


def test_moments_undo_cumulants() -> None:
    generator = np.random.Generator(np.random.PCG64(1))
    moments = cumulants.joint_moments(generator.normal(size=(3, 40)), generator.normal(size=(3, 40)), OF_EACH)
    again = cumulants.moments(cumulants.cumulants(moments))
    np.testing.assert_allclose(again, moments, rtol=1e-10, atol=1e-12 * np.max(abs(moments)))


def test_cumulants_of_a_normal_pair() -> None:
    """f = 2 + 3 eps, s = 5 eps: means, variances and covariance, nothing beyond."""
    coefficients = cumulants.cumulants(cumulants.joint_moments(2 + 3 * POINTS[None], 5 * POINTS[None], WEIGHTS[None]))[
        ..., 0
    ]
    expected = np.zeros((5, 5))
    expected[1, 0], expected[2, 0], expected[0, 2], expected[1, 1] = 2.0, 9 / 2, 25 / 2, 15.0
    np.testing.assert_allclose(coefficients, expected, atol=1e-9)


def test_products_of_sums_over_many_components() -> None:
    """F = S = a chi-squared sum of d terms: E F^(2p) = 2^(2p) Gamma(d/2 + 2p) / Gamma(d/2)."""
    d = 500
    squares = np.tile(POINTS**2, (d, 1))
    moments = cumulants.product_moments(squares, squares, np.tile(WEIGHTS, (d, 1)))[:, 0]
    exact = [math.exp(2 * p * math.log(2) + math.lgamma(d / 2 + 2 * p) - math.lgamma(d / 2)) for p in range(5)]
    np.testing.assert_allclose(moments, exact, rtol=1e-10)


def test_central_moments() -> None:
    raw = np.array([1.0, 2.0, 4.0 + 9.0, 8.0 + 3 * 2 * 9.0, 16.0 + 6 * 4 * 9.0 + 3 * 81.0])  # N(2, 9)
    np.testing.assert_allclose(cumulants.central(raw), (2.0, 9.0, 243.0))


def brute_force(f: Floats, s: Floats, power: int, j: int | None = None) -> float:
    """E (F S)^p over a tensor of all components' nodes, for S = sum_j s_j or one of them."""
    axes = np.meshgrid(*(np.arange(POINTS.size),) * len(f), indexing="ij")
    weights = np.prod([WEIGHTS[axis] for axis in axes], axis=0)
    of_f = sum(part[axis] for part, axis in zip(f, axes, strict=True))
    of_s = sum(part[axis] for part, axis in zip(s, axes, strict=True)) if j is None else s[j][axes[j]]
    return float(np.sum(weights * (of_f * of_s) ** power))


F = np.array([1.0 + POINTS**2, POINTS - 0.5 * POINTS**3, 2.0 + 0.1 * POINTS])
S = np.array([POINTS, 2 * POINTS, POINTS**2 - 1])


def test_untied_products_are_of_all_of_f_and_one_components_score() -> None:
    tied = cumulants.product_moments(F, S, OF_EACH)
    untied = cumulants.product_moments(F, S, OF_EACH, untied=True)
    assert (tied.shape, untied.shape) == ((5, 1), (5, 3))
    for power in range(3):
        assert tied[power, 0] == pytest.approx(brute_force(F, S, power), rel=1e-10, abs=1e-9)
        for j in range(3):
            assert untied[power, j] == pytest.approx(brute_force(F, S, power, j), rel=1e-10, abs=1e-9)


def test_each_component_has_its_own_weights() -> None:
    """A coin of 0.3 beside a normal: F = b + z, S = b: E F S = 0.3."""
    f = np.array([[0.0, 1.0, 0.0], [-(3**0.5), 0.0, 3**0.5]])
    s = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    weights = np.array([[0.7, 0.3, 0.0], [1 / 6, 2 / 3, 1 / 6]])
    moments = cumulants.product_moments(f, s, weights)[:, 0]
    np.testing.assert_allclose(moments[:3], [1.0, 0.3, 0.3 * 2], rtol=1e-12)


def test_a_constant_f_has_no_spread() -> None:
    constant = np.full((2, POINTS.size), 3.0)
    moments = cumulants.product_moments(constant, S[:2], OF_EACH[:2])[:, 0]
    np.testing.assert_allclose(moments[:3], [1.0, 0.0, 6.0**2 * 5.0], atol=1e-10)


def test_sums_can_be_shifted_and_centred() -> None:
    sums = cumulants.sums_of(F, S, OF_EACH)
    moved = F.copy()
    moved[0] += 2.5
    np.testing.assert_allclose(
        sums.shifted(np.array([2.5])).products(), cumulants.product_moments(moved, S, OF_EACH), rtol=1e-10
    )
    mean = sum(float(part @ WEIGHTS) for part in F)
    moved[0] = F[0] - mean + 1.0
    about_1 = cumulants.product_moments(moved, S, OF_EACH)
    np.testing.assert_allclose(sums.with_means(1.0).products(), about_1, rtol=1e-9, atol=1e-9)


def test_sums_of_several_scores_stand_side_by_side() -> None:
    """The first of each, then the second."""
    several = [cumulants.sums_of(F, score, OF_EACH, untied=True) for score in (S, 2 * S)]
    products = cumulants.joined(several).products()
    np.testing.assert_allclose(products[:, 0::2], several[0].products(), rtol=1e-13)
    np.testing.assert_allclose(products[:, 1::2], several[1].products(), rtol=1e-13)
