"""Moments against NumPy and SciPy on the same data; intervals against their definition and by simulation."""

from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from bench.spec import Floats
from bench.statistics import jackknife, moments

GROUPS, DRAWS, REPETITIONS = 64, 500, 400
EPSILON = np.finfo(float).eps


def power_sums(data: Floats, centre: float = 0.0) -> Floats:
    """Of the last axis: [..., 4]."""
    one = data - centre
    two = one * one
    return np.stack([power.sum(axis=-1) for power in (one, two, two * one, two * two)], axis=-1)


def logs(data: Floats, centre: float = 0.0) -> jackknife.Logs:
    """Of data[groups, repetitions, draws], with a repetition for a point."""
    sums = power_sums(data, centre)[:, :, np.newaxis, np.newaxis, np.newaxis, :]
    return jackknife.log_variances(sums, np.full((data.shape[0], 1), float(data.shape[-1])), np.zeros(1))


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


def test_nan_and_overflow_are_not_hidden() -> None:
    for value in (np.nan, np.inf):
        sums = power_sums(np.array([1.0, value, 2.0]))
        assert not np.isfinite(moments.variance(sums, np.array([3])))
        assert np.isnan(moments.kurtosis(sums, np.array([3])))


def test_leaving_a_group_out_equals_recomputing_without_it(data: Floats) -> None:
    found = logs(data)
    assert found.all.item() == pytest.approx(np.log(data.var(ddof=1)), rel=data.size * EPSILON)
    again = [np.log(np.delete(data, g, axis=0).var(ddof=1)) for g in range(GROUPS)]
    np.testing.assert_allclose(found.without.ravel(), again, rtol=0, atol=data.size * EPSILON)


def test_the_interval_is_the_jackknife_of_the_logarithm(data: Floats) -> None:
    found = logs(data)
    values = found.without.ravel()
    error = np.sqrt((GROUPS - 1) / GROUPS * sum((value - values.mean()) ** 2 for value in values))
    half = stats.t.isf(0.025, GROUPS - 1) * error
    value, low, high = (one.item() for one in jackknife.interval(found))
    assert np.log([low, value, high]) == pytest.approx(found.all.item() + np.array([-half, 0, half]), rel=1e-12)
    assert jackknife.half_width(found).item() == pytest.approx(np.sqrt(high / low) - 1, rel=1e-12)


def test_ratios_are_paired_group_by_group(data: Floats) -> None:
    """Twice the same noise has a ratio without error; other noise has both errors."""
    one, twin = logs(data), logs(3.0 * data)
    value, low, high = (found.item() for found in jackknife.interval(jackknife.minus(twin, one)))
    assert [low, value, high] == pytest.approx([9.0] * 3, rel=data.size * EPSILON)
    other = logs(np.random.default_rng(2).standard_exponential(data.shape))
    both = jackknife.log_half_width(jackknife.minus(other, one)).item()
    assert both > max(jackknife.log_half_width(one).item(), jackknife.log_half_width(other).item())


def test_the_largest_share_tells_a_group_that_decides_alone(data: Floats) -> None:
    sums = power_sums(data)[:, 0]
    assert moments.largest_share(sums) == pytest.approx(sums[:, 1].max() / sums[:, 1].sum())
    assert moments.largest_share(np.repeat(sums[:1], GROUPS, axis=0)) == pytest.approx(1 / GROUPS)
    spiked = data.copy()
    spiked[3, 0, 0] = 1e4
    assert moments.largest_share(power_sums(spiked)[:, 0]) > 0.99


def test_a_spread_up_to_the_floor_is_none() -> None:
    sums = power_sums(np.random.default_rng(3).normal(scale=1e-9, size=(GROUPS, 10)))[:, np.newaxis, np.newaxis]
    sums, counts = sums[:, :, :, np.newaxis, :], np.full((GROUPS, 1), 10.0)
    kept = jackknife.log_variances(sums[..., np.newaxis, :], counts, np.zeros(1))
    gone = jackknife.log_variances(sums[..., np.newaxis, :], counts, np.full(1, 1e-16))
    assert np.isfinite(kept.all).all()
    assert jackknife.interval(gone)[0].item() == 0.0
    assert np.isnan(jackknife.half_width(gone)).all()


class Simulated(NamedTuple):
    """Many repetitions of a small sweep of f = y^2, d/dmu at N(1, 1): power sums, and the exact variances."""

    score: jackknife.Logs
    pathwise: jackknife.Logs
    exact: tuple[float, float] = (30.0, 4.0)


@pytest.fixture(scope="module")
def simulated() -> Simulated:
    eps = np.random.default_rng(4).standard_normal((GROUPS, REPETITIONS, DRAWS))
    y = 1.0 + eps
    return Simulated(logs(y * y * eps, 2.0), logs(2.0 * y, 2.0))


def coverage(interval: tuple[Floats, Floats, Floats], exact: float) -> float:
    _, low, high = interval
    return float(np.mean((low <= exact) & (exact <= high)))


BOUND = stats.norm.isf(1e-6) * np.sqrt(jackknife.CONFIDENCE * (1 - jackknife.CONFIDENCE) / REPETITIONS)


def test_intervals_cover(simulated: Simulated) -> None:
    ratio = jackknife.minus(simulated.score, simulated.pathwise)
    wanted = {"score": simulated.exact[0], "pathwise": simulated.exact[1], "ratio": np.divide(*simulated.exact)}
    for name, found in {"score": simulated.score, "pathwise": simulated.pathwise, "ratio": ratio}.items():
        assert abs(coverage(jackknife.interval(found), wanted[name]) - jackknife.CONFIDENCE) < BOUND, name


def test_chi_squared_intervals_would_not(simulated: Simulated) -> None:
    n = GROUPS * DRAWS
    variance = np.exp(simulated.score.all)
    low, high = ((n - 1) * variance / stats.chi2.isf(tail, n - 1) for tail in (0.025, 0.975))
    assert coverage((variance, low, high), simulated.exact[0]) < jackknife.CONFIDENCE - BOUND


def test_intervals_without_the_square_root_of_groups_would_not(simulated: Simulated) -> None:
    """The jackknife's factor (G - 1) / G, not 1 / (G (G - 1)): a mutant this test must see."""
    value = simulated.score.all
    half = jackknife.log_half_width(simulated.score) / (GROUPS - 1)
    assert (
        coverage((value, np.exp(value - half), np.exp(value + half)), simulated.exact[0]) < jackknife.CONFIDENCE - BOUND
    )
