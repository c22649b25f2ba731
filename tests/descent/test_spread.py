"""The variance of a step beside its closed form."""

import numpy as np
import pytest

from bench.descent import spread
from bench.descent.learners import BLOCK
from tests.support.descents import assigned


@pytest.mark.parametrize("samples", [1, 10])
def test_variances_at_a_theta(samples: int) -> None:
    """Pathwise under squared error, by mu and log sigma: 4 n^2 v / K and v times that of sigma, both in closed form."""
    assignment = assigned(f"samples=[{samples}]", "estimator=[pathwise]", "dataset_size=[10]")
    mu, sigma, x = 0.7, 0.5, assignment.data[10]
    theta = np.tile(np.array([mu, sigma]), (40, BLOCK, 1, 1))
    mean, variance = spread.run(assignment, (0, 0, theta))
    a, n, estimates = mu - x.mean(), 10, 40 * BLOCK * spread.REPEATS
    exact = np.array([4 * n**2 * sigma**2, sigma**2 * 4 * n**2 * (a**2 + 2 * sigma**2)]) / samples
    kurtosis = 60  # at least as heavy as the square of a normal's
    bound = 5 * np.sqrt(kurtosis / estimates)
    assert variance.mean(axis=(0, 1)) == pytest.approx(exact, rel=bound)
    by_free = np.array([2 * n * a, 2 * n * sigma * sigma])
    assert (abs(mean.mean(axis=(0, 1)) - by_free) < 5 * np.sqrt(exact / estimates)).all()


def test_a_replicate_that_was_given_up_has_none() -> None:
    assignment = assigned("samples=[1]", "estimator=[pathwise]")
    theta = np.tile(np.array([0.0, 1.0]), (1, BLOCK, 1, 1))
    theta[0, 3] = np.nan
    _, variance = spread.run(assignment, (0, 0, theta))
    assert np.isnan(variance[0, 3]).all()
    assert np.isfinite(np.delete(variance[0], 3, axis=0)).all()
