"""The logistic function of normals, in one dimension and in two, beside nodes that fill them."""

import numpy as np
import pytest
from scipy.special import expit

from bench.statistics import logistic

CENTRE = np.array([0.3, -1.2, 2.0])
ROWS = np.array([[0.8, 0.1], [0.5, -0.9], [0.7, 0.2]])
SPREAD = np.sqrt((ROWS**2).sum(axis=1))


def at_nodes() -> tuple[np.ndarray, np.ndarray]:
    """a[3, m] = CENTRE + ROWS @ eps, and weights, of a trapezoid rule in both dimensions."""
    z = np.linspace(-9, 9, 181)
    weights = np.exp(-(z**2) / 2)
    eps = np.array([axis.ravel() for axis in np.meshgrid(z, z, indexing="ij")])
    both = np.outer(weights, weights).ravel()
    return CENTRE[:, np.newaxis] + ROWS @ eps, both / both.sum()


def test_means() -> None:
    a, weights = at_nodes()
    first, second = logistic.means(CENTRE, SPREAD)
    np.testing.assert_allclose(first, expit(a) @ weights, rtol=1e-12)
    np.testing.assert_allclose(second, (expit(a) * expit(-a)) @ weights, rtol=1e-12)
    np.testing.assert_allclose(logistic.mean_softplus(CENTRE, SPREAD), np.logaddexp(0, a) @ weights, rtol=1e-12)


def test_covariances_also_of_what_is_nearly_the_same() -> None:
    a, weights = at_nodes()
    h = expit(a)
    h = h - (h @ weights)[:, np.newaxis]
    covariance = logistic.covariance(CENTRE, ROWS)
    assert abs(covariance - (h * weights) @ h.T).max() < logistic.NEGLIGIBLE


def test_wide_normals_too() -> None:
    """A spread of 60 makes a step of the logistic function: Cov = arcsin(r) / (2 pi) where it is one in the middle."""
    rows = 60.0 * np.array([[1.0, 0.0], [0.5, np.sqrt(0.75)]])
    covariance = logistic.covariance(np.zeros(2), rows)
    assert covariance[0, 1] == pytest.approx(np.arcsin(0.5) / (2 * np.pi), abs=1e-3)


def test_what_has_no_end_is_not_known() -> None:
    """Steps that are correlated almost wholly."""
    rows = 1e3 * np.array([[1.0, 0.0], [1.0, 1e-4]])
    covariance = logistic.covariance(np.zeros(2), rows)
    assert np.isnan(covariance[0, 1])
    assert covariance[0, 0] == pytest.approx(0.25, abs=1e-3)


def test_gradient_and_covariance_of_slopes() -> None:
    """Of f = sum_i log(1 + exp(x_i'y)) + |y|^2 / (2 s^2) in two components."""
    mu, sigma, scale = np.array([0.4, -0.3]), np.array([0.8, 1.1]), 1.7
    z = np.linspace(-9, 9, 181)
    weights = np.exp(-(z**2) / 2)
    eps = np.array([axis.ravel() for axis in np.meshgrid(z, z, indexing="ij")])
    both = np.outer(weights, weights).ravel() / weights.sum() ** 2
    y = mu[:, np.newaxis] + sigma[:, np.newaxis] * eps
    slope = ROWS.T @ expit(ROWS @ y) + y / scale**2
    theta = np.stack([mu, sigma], axis=-1)
    expected = np.stack([slope @ both, (slope * eps) @ both], axis=-1)
    np.testing.assert_allclose(logistic.gradient(theta, ROWS, scale), expected, rtol=1e-11)
    off = slope - (slope @ both)[:, np.newaxis]
    covariance = logistic.slope_covariance(theta, ROWS, scale)
    np.testing.assert_allclose(covariance, (off * both) @ off.T, rtol=1e-8)
    assert not np.allclose(covariance * 1.001, (off * both) @ off.T, rtol=1e-5)


def test_what_is_too_wide_has_no_number() -> None:
    """Rather than a wrong one: nodes end where the spread does."""
    h, slope = logistic.means(np.zeros(3), np.array([1.0, logistic.MOST, 2 * logistic.MOST]))
    assert np.isfinite(h).tolist() == np.isfinite(slope).tolist() == [True, True, False]
    np.testing.assert_allclose(h[:2], 0.5, rtol=1e-12)
    # a spread so wide makes a step of h, whose slope integrates to the density of u at 0
    np.testing.assert_allclose(slope[1], 1 / (logistic.MOST * np.sqrt(2 * np.pi)), rtol=1e-4)


def test_batches_of_all_data_have_the_weights_of_all_data() -> None:
    np.testing.assert_array_equal(logistic.batch_weights(7, 7), 1.0)
    weights = logistic.batch_weights(7, 3)
    batches = [{(first + i) % 7 for i in range(3)} for first in range(7)]
    expected = [[np.mean([(i in b) * (k in b) for b in batches]) * (7 / 3) ** 2 for k in range(7)] for i in range(7)]
    np.testing.assert_allclose(weights, expected, rtol=1e-14)
