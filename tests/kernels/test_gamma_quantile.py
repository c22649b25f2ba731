"""Quantiles of the gamma law and their derivatives: closed forms, SciPy and differences."""

import numpy as np
import pytest
from scipy import special

from bench.kernels.gamma_quantile import log_quantile

EPSILON = float(np.finfo(float).eps)
Z = np.linspace(-9.5, 9.5, 77)


def test_shape_1_is_exponential() -> None:
    log_t, _ = log_quantile(Z, 1.0)
    expected = np.log(-special.log_ndtr(-Z))
    # -log(1 - Phi) loses nothing on the right; on the left log(Phi + Phi^2 / 2) is it to the last digit.
    expected[Z < -6] = special.log_ndtr(Z[Z < -6]) + special.ndtr(Z[Z < -6]) / 2
    np.testing.assert_allclose(log_t, expected, rtol=64 * EPSILON, atol=64 * EPSILON)


@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.3, 1.0, 7.0, 50.0, 200.0, 2000.0])
def test_the_distribution_function_of_the_quantile_is_phi(alpha: float) -> None:
    """Within the digits of SciPy's incomplete gamma functions, and of log T where T is small."""
    log_t, _ = log_quantile(Z, alpha)
    z, log_t = Z[log_t > -600], log_t[log_t > -600]  # where T does not underflow
    t = np.exp(log_t)
    below, above = special.gammainc(alpha, t), special.gammaincc(alpha, t)
    spread = np.exp(alpha * log_t - t - special.gammaln(alpha)) / np.where(z < 0, below, above)  # d log F/d log T
    error = np.where(z < 0, below / special.ndtr(z), above / special.ndtr(-z)) - 1
    digits = 1e-13 * (1 + np.sqrt(alpha) / 10) + 8 * EPSILON * spread * (1 + abs(log_t))
    assert np.all(abs(error) < 8 * digits)


@pytest.mark.parametrize("alpha", [0.05, 0.3, 1.0, 7.0, 200.0])
def test_the_derivative_is_that_of_the_quantile(alpha: float) -> None:
    """Differences of order 4, whose error is that of halving the step 16-fold, less round-off."""
    _, derivative = log_quantile(Z, alpha)

    def differences(h: float) -> np.ndarray:
        ups, downs = ([log_quantile(Z, alpha + sign * i * h)[0] for i in (1, 2)] for sign in (1, -1))
        return np.asarray((8 * (ups[0] - downs[0]) - (ups[1] - downs[1])) / (12 * h))

    fine, coarse = differences(2e-3 * alpha), differences(4e-3 * alpha)
    rounding = 8 * EPSILON * np.max(abs(log_quantile(Z, alpha)[0])) / (2e-3 * alpha)
    assert np.all(abs(derivative - fine) < abs(fine - coarse) / 8 + rounding + 1e-12 * abs(derivative))


def test_the_left_tail_is_that_of_a_power() -> None:
    """log T = (log Phi + log Gamma(alpha + 1)) / alpha, where T is far below the smallest double."""
    alpha, z = 0.01, np.array([-9.0, -5.0, -3.0])
    log_t, derivative = log_quantile(z, alpha)
    expected = (special.log_ndtr(z) + special.gammaln(alpha + 1)) / alpha
    np.testing.assert_allclose(log_t, expected, rtol=64 * EPSILON)
    np.testing.assert_allclose(derivative, (special.digamma(alpha + 1) - expected) / alpha, rtol=512 * EPSILON)
