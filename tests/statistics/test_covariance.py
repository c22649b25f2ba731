"""Moments of a sample covariance against every combination of draws of a law with three points."""

import itertools

import numpy as np
import pytest

from bench.spec import Floats
from bench.statistics import covariance
from bench.statistics.cumulants import joint_moments

WEIGHTS = np.array([0.3, 0.5, 0.2])
F, S = (values - values @ WEIGHTS for values in (np.array([1.0, -2.0, 0.5]), np.array([0.2, 1.0, -1.3])))
JOINT = joint_moments(F[np.newaxis], S[np.newaxis], WEIGHTS[np.newaxis])


def by_enumeration(samples: int, of_s: float) -> Floats:
    """Mean, variance and fourth central moment of cov(f, s) + of_s * mean s."""
    draws = np.array(list(itertools.product(range(3), repeat=samples)))
    f, s, chance = F[draws], S[draws], WEIGHTS[draws].prod(axis=1)
    centred = f - f.mean(axis=1, keepdims=True)
    g = (centred * s).sum(axis=1) / (samples - 1) + of_s * s.mean(axis=1)
    mean = chance @ g
    return np.array([mean, chance @ (g - mean) ** 2, chance @ (g - mean) ** 4])


@pytest.mark.parametrize("of_s", [0.0, 0.7])
@pytest.mark.parametrize("samples", [2, 3, 5, 8])
def test_any_number_of_draws(samples: int, of_s: float) -> None:
    found = np.ravel(covariance.moments(JOINT, samples, of_s))
    np.testing.assert_allclose(found, by_enumeration(samples, of_s), rtol=1e-11)


def test_of_many_draws_it_is_normal() -> None:
    """The kurtosis goes to 3 as 1 / K, the variance times K to that of (f - E f)(s - E s)."""
    _, variance, fourth = covariance.moments(JOINT, 100_000)
    product = F * S
    assert variance[0] * 1e5 == pytest.approx(WEIGHTS @ product**2 - (WEIGHTS @ product) ** 2, rel=1e-4)
    assert fourth[0] / variance[0] ** 2 == pytest.approx(3.0, abs=1e-3)


def test_control_the_divisor_k_shows() -> None:
    _, variance, _ = covariance.moments(JOINT, 3)
    assert abs(variance[0] * (2 / 3) ** 2 / by_enumeration(3, 0.0)[1] - 1) > 0.5
