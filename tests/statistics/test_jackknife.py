"""Jackknife intervals against their definition and by simulation."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from bench.spec import Floats
from bench.statistics import jackknife
from tests.support.power_sums import power_sums

GROUPS, DRAWS, REPETITIONS = 64, 500, 400
EPSILON = np.finfo(float).eps


def alone(variances: Floats) -> Floats:
    """Every variance for itself."""
    return variances


def logs(data: Floats, centre: float = 0.0) -> jackknife.Logs:
    """Of data[groups, repetitions, draws], with a repetition for a point."""
    sums = power_sums(data, centre)[:, :, np.newaxis, np.newaxis, np.newaxis, :]
    return jackknife.log_variances(sums, np.full((data.shape[0], 1), float(data.shape[-1])), np.zeros(1), alone)


@pytest.fixture(scope="module")
def data() -> Floats:
    return np.random.default_rng(1).standard_exponential((GROUPS, 1, 50))


def test_leaving_a_group_out_equals_recomputing_without_it(data: Floats) -> None:
    variances = logs(data)
    assert variances.all.item() == pytest.approx(np.log(data.var(ddof=1)), rel=data.size * EPSILON)
    again = [np.log(np.delete(data, g, axis=0).var(ddof=1)) for g in range(GROUPS)]
    np.testing.assert_allclose(variances.without.ravel(), again, rtol=0, atol=data.size * EPSILON)


def test_the_interval_is_the_jackknife_of_the_logarithm(data: Floats) -> None:
    variances = logs(data)
    values = variances.without.ravel()
    error = np.sqrt((GROUPS - 1) / GROUPS * sum((value - values.mean()) ** 2 for value in values))
    half = stats.t.isf(0.025, GROUPS - 1) * error
    value, low, high = (end.item() for end in jackknife.interval(variances))
    assert np.log([low, value, high]) == pytest.approx(variances.all.item() + np.array([-half, 0, half]), rel=1e-12)
    assert jackknife.half_width(variances).item() == pytest.approx(np.sqrt(high / low) - 1, rel=1e-12)


def test_ratios_are_paired_group_by_group(data: Floats) -> None:
    """Twice the same noise has a ratio without error; other noise has both errors."""
    first, twin = logs(data), logs(3.0 * data)
    value, low, high = (end.item() for end in jackknife.interval(jackknife.minus(twin, first)))
    assert [low, value, high] == pytest.approx([9.0] * 3, rel=data.size * EPSILON)
    other = logs(np.random.default_rng(2).standard_exponential(data.shape))
    both = jackknife.log_half_width(jackknife.minus(other, first)).item()
    assert both > max(jackknife.log_half_width(first).item(), jackknife.log_half_width(other).item())


def test_a_spread_up_to_the_floor_is_none() -> None:
    sums = power_sums(np.random.default_rng(3).normal(scale=1e-9, size=(GROUPS, 10)))[:, np.newaxis, np.newaxis]
    sums, counts = sums[:, :, :, np.newaxis, :], np.full((GROUPS, 1), 10.0)
    above = jackknife.log_variances(sums[..., np.newaxis, :], counts, np.zeros(1), alone)
    below = jackknife.log_variances(sums[..., np.newaxis, :], counts, np.full(1, 1e-16), alone)
    assert np.isfinite(above.all).all()
    assert jackknife.interval(below)[0].item() == 0.0
    assert np.isnan(jackknife.half_width(below)).all()


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
    score, pathwise = simulated.exact
    for variances, exact in ((simulated.score, score), (simulated.pathwise, pathwise), (ratio, score / pathwise)):
        assert abs(coverage(jackknife.interval(variances), exact) - jackknife.CONFIDENCE) < BOUND


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


def of_components(data: Floats, traces: Callable[[Floats], Floats]) -> jackknife.Logs:
    """Of data[groups, components, draws], whose components `traces` adds up."""
    sums = power_sums(data)[:, np.newaxis, np.newaxis, np.newaxis]
    return jackknife.log_variances(sums, np.full((len(data), 1), float(data.shape[-1])), np.zeros(1), traces)


def test_the_variance_of_several_components_is_their_weighted_sum() -> None:
    """And what is left without a group is the sum without it, whose interval knows how they depend on each other."""
    components, weights = np.random.default_rng(5).standard_exponential((GROUPS, 3, 50)), np.array([1.0, 4.0, 0.25])
    both = of_components(components, lambda variances: variances @ weights[:, np.newaxis])
    flat = components.transpose(1, 0, 2)
    assert both.all.item() == pytest.approx(np.log(flat.reshape(3, -1).var(axis=1, ddof=1) @ weights), rel=1e-12)
    without = [np.log(np.delete(flat, g, axis=1).reshape(3, -1).var(axis=1, ddof=1) @ weights) for g in range(GROUPS)]
    np.testing.assert_allclose(both.without.ravel(), without, rtol=1e-12)
    twins = np.repeat(components[:, :1], 3, axis=1)
    same = of_components(twins, lambda variances: variances.sum(axis=-1, keepdims=True))
    single = of_components(components[:, :1], alone)
    assert jackknife.log_half_width(same).item() == pytest.approx(jackknife.log_half_width(single).item(), rel=1e-9)


def test_mean_squares_are_about_the_centre(data: Floats) -> None:
    sums = power_sums(data, centre=0.8)[:, :, np.newaxis, np.newaxis, np.newaxis, :]
    found = jackknife.log_mean_squares(sums, np.full((GROUPS, 1), float(data.shape[-1])), alone)
    assert found.all.item() == pytest.approx(np.log(np.mean((data - 0.8) ** 2)), rel=1e-12)
    again = [np.log(np.mean((np.delete(data, g, axis=0) - 0.8) ** 2)) for g in range(GROUPS)]
    np.testing.assert_allclose(found.without.ravel(), again, rtol=1e-12)


def test_intervals_of_ratios_of_independent_draws_cover() -> None:
    """Those that forget the error of the denominator would not."""
    random = np.random.default_rng(6)
    above, below = (
        jackknife.interval(logs(random.standard_exponential((GROUPS, REPETITIONS, 100)) * scale))
        for scale in (3.0, 1.0)
    )
    ratio = jackknife.over_independent(above, below)
    np.testing.assert_allclose(ratio[0], above[0] / below[0], rtol=1e-15)
    assert abs(coverage(ratio, 9.0) - jackknife.CONFIDENCE) < BOUND
    forgetful = above[0] / below[0], above[1] / below[0], above[2] / below[0]
    assert coverage(forgetful, 9.0) < jackknife.CONFIDENCE - BOUND
