"""Coefficients of control variates and mixtures: those of the least variance, and what is constant."""

import numpy as np

from bench.statistics.control import by_inverse_variance, regressed, summed

RANDOM = np.random.Generator(np.random.SFC64(3))
X, Z = RANDOM.standard_normal((2, 3, 2, 500))


def test_the_regressed_coefficient_leaves_the_least_variance() -> None:
    target = 2.5 * X + Z
    beta = regressed(target, X)
    least = (target - beta[..., np.newaxis] * X).var(axis=-1)
    for step in (-0.01, 0.01):
        assert (least < (target - (beta + step)[..., np.newaxis] * X).var(axis=-1)).all()


def test_a_multiple_is_found_to_the_last_digits_and_a_constant_has_none() -> None:
    np.testing.assert_allclose(regressed(-3.0 * X + 7.0, X), -3.0, rtol=1e-12)
    np.testing.assert_array_equal(regressed(X, np.full_like(X, 2.0)), 0.0)


def test_weights_are_by_inverse_variance() -> None:
    first, second = 3.0 * X, 1.0 * X
    np.testing.assert_allclose(by_inverse_variance(first, second), 0.1, rtol=1e-12)
    np.testing.assert_allclose(by_inverse_variance(second, first), 0.9, rtol=1e-12)
    np.testing.assert_array_equal(by_inverse_variance(np.ones_like(X), np.ones_like(X)), 0.5)


def test_tied_components_have_the_sum_of_all() -> None:
    np.testing.assert_array_equal(summed(X, False), X)
    np.testing.assert_allclose(summed(X, True), np.broadcast_to(X.sum(axis=0), X.shape), rtol=1e-15)
