"""Moments against NumPy and SciPy on the same data."""

import numpy as np
import pytest
from scipy import stats

from bench.spec import Floats
from bench.statistics import moments
from tests.support.power_sums import power_sums

GROUPS = 64
EPSILON = np.finfo(float).eps


@pytest.fixture(scope="module")
def data() -> Floats:
    return np.random.default_rng(1).standard_exponential((GROUPS, 1, 50))


@pytest.mark.parametrize("centre", [0.0, 1.0, -3.0])
def test_moments_are_those_of_numpy_and_scipy_about_any_centre(data: Floats, centre: float) -> None:
    flat = data.ravel()
    sums, n = power_sums(flat, centre), np.array([flat.size])
    round_off = flat.size * EPSILON * (1 + abs(centre)) ** 4
    assert centre + moments.mean(sums, n) == pytest.approx(flat.mean(), rel=round_off)
    assert moments.variance(sums, n) == pytest.approx(flat.var(ddof=1), rel=round_off)
    assert moments.kurtosis(sums, n) == pytest.approx(stats.kurtosis(flat, fisher=False), rel=round_off)


def test_one_estimate_has_no_variance_and_a_constant_no_kurtosis() -> None:
    assert np.isnan(moments.variance(power_sums(np.array([2.0])), np.array([1])))
    constant = power_sums(np.full(8, 2.0), 2.0)
    assert moments.variance(constant, np.array([8])) == 0.0
    assert np.isnan(moments.kurtosis(constant, np.array([8])))


def test_what_is_constant_far_from_the_centre_has_no_variance() -> None:
    """Its square is round-off; a spread of a millionth of the distance is none."""
    n = np.array([1000])
    assert moments.variance(power_sums(np.full(1000, 0.1), 0.7), n) == 0.0
    spread = 0.1 + 1e-6 * np.random.default_rng(2).standard_normal(1000)
    assert moments.variance(power_sums(spread, 0.7), n) == pytest.approx(spread.var(ddof=1), rel=1e-3)


def test_nan_and_overflow_are_not_hidden() -> None:
    for value in (np.nan, np.inf):
        sums = power_sums(np.array([1.0, value, 2.0]))
        assert not np.isfinite(moments.variance(sums, np.array([3])))
        assert np.isnan(moments.kurtosis(sums, np.array([3])))


def test_the_largest_share_tells_a_group_that_decides_alone(data: Floats) -> None:
    sums = power_sums(data)[:, 0]
    assert moments.largest_share(sums) == pytest.approx(sums[:, 1].max() / sums[:, 1].sum())
    assert moments.largest_share(np.repeat(sums[:1], GROUPS, axis=0)) == pytest.approx(1 / GROUPS)
    spiked = data.copy()
    spiked[3, 0, 0] = 1e4
    assert moments.largest_share(power_sums(spiked)[:, 0]) > 0.99
