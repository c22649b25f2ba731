"""Pooling gives what one run of all replicates gives, and its intervals hold the truth as often as they say."""

import math

import numpy as np
import pytest
from scipy import stats

from bench.merge import pooling
from bench.spec import Floats
from bench.statistics import jackknife, moments
from bench.statistics.jackknife import CONFIDENCE, Interval

GROUPS = 64
EACH = np.array([4096.0, 8192.0, 16384.0])  # replicates of three runs, multiples of the groups


def sums_of(draws: Floats) -> Floats:
    """Power sums [groups, 4] of draws[groups, replicates]."""
    return np.stack([(draws**power).sum(axis=1) for power in (1, 2, 3, 4)], axis=-1)


def log_half_width(draws: Floats) -> float:
    """Half the width of the jackknife's interval of the log-variance of draws[groups, replicates]."""
    sums, n = sums_of(draws), np.full(len(draws), draws.shape[1], dtype=float)
    without = moments.variance(sums.sum(axis=0) - sums, n.sum() - n)
    logs = jackknife.Logs(np.log(moments.variance(sums.sum(axis=0), n.sum())), np.log(without))
    return float(jackknife.log_half_width(logs))


def intervals_of(runs: list[Floats]) -> Interval:
    """(variance, low, high) of each run."""
    values, halves = np.array([run.var(ddof=1) for run in runs]), np.array([*map(log_half_width, runs)])
    return values, values * np.exp(-halves), values * np.exp(halves)


@pytest.fixture(scope="module")
def runs() -> list[Floats]:
    """Three runs [groups, replicates] of a skewed law."""
    generator = np.random.default_rng(3)
    return [generator.gamma(2.0, size=(GROUPS, int(n) // GROUPS)) for n in EACH]


def test_the_mean_is_that_of_all_replicates(runs: list[Floats]) -> None:
    everything = np.concatenate([run.ravel() for run in runs])
    assert pooling.mean(np.array([run.mean() for run in runs]), EACH) == pytest.approx(everything.mean(), rel=1e-13)
    errors = np.array([run.std() / np.sqrt(run.size) for run in runs])
    within = sum(run.size * run.var() for run in runs) / EACH.sum()
    assert pooling.standard_error(errors, EACH) == pytest.approx(np.sqrt(within / EACH.sum()), rel=1e-13)


def test_the_variance_is_that_of_all_replicates_but_for_what_the_means_differ(runs: list[Floats]) -> None:
    """(N - 1) v_all = (N - k) v + sum R_i (m_i - m)^2: the identity of the analysis of variance."""
    everything = np.concatenate([run.ravel() for run in runs])
    pooled = pooling.variance(np.array([run.var(ddof=1) for run in runs]), EACH)
    between = sum(run.size * (run.mean() - everything.mean()) ** 2 for run in runs)
    n, k = everything.size, len(runs)
    assert (n - k) * pooled + between == pytest.approx((n - 1) * everything.var(ddof=1), rel=1e-12)
    equal_weights = np.mean([run.var(ddof=1) for run in runs])  # negative control
    assert (n - k) * equal_weights + between != pytest.approx((n - 1) * everything.var(ddof=1), rel=1e-4)


def test_the_score_is_that_of_the_pooled_mean() -> None:
    means, exact, variance = np.array([1.02, 0.97, 1.01]), 1.0, 2.0
    scores = (means - exact) / np.sqrt(variance / EACH)
    pooled = (pooling.mean(means, EACH) - exact) / math.sqrt(variance / EACH.sum())
    assert pooling.score(scores, EACH) == pytest.approx(pooled, rel=1e-12)
    assert scores.sum() / math.sqrt(3) != pytest.approx(pooled, rel=1e-3)  # Stouffer's without weights


def test_the_kurtosis_lacks_third_moments_alone(runs: list[Floats]) -> None:
    """What is lost is 4 sum m3_i (m_i - m) / v^2, and squares of differences of means."""
    everything = np.concatenate([run.ravel() for run in runs])
    kurtoses = np.array([stats.kurtosis(run, axis=None, fisher=False) for run in runs])
    pooled = pooling.kurtosis(kurtoses, np.array([run.var(ddof=1) for run in runs]), EACH)
    truth = stats.kurtosis(everything, fisher=False)
    third = sum(run.size * stats.moment(run, 3, axis=None) * (run.mean() - everything.mean()) for run in runs)
    lost = 4 * third / everything.size / everything.var() ** 2
    squared = max((run.mean() - everything.mean()) ** 2 for run in runs) / everything.var()
    assert pooled + lost == pytest.approx(truth, abs=10 * truth * squared)


def test_a_constant_has_no_interval() -> None:
    zeros, n = np.zeros(2), np.array([10.0, 20.0])
    assert pooling.variance(zeros, n) == 0
    assert np.isnan(pooling.kurtosis(zeros, zeros, n))
    assert np.isnan(pooling.interval(0.0, (zeros, zeros, zeros), n)).all()


def test_one_run_keeps_its_interval(runs: list[Floats]) -> None:
    value, low, high = (end[:1] for end in intervals_of(runs))
    assert pooling.interval(value[0], (value, low, high), EACH[:1]) == pytest.approx((low[0], high[0]), rel=1e-14)


@pytest.fixture(scope="module")
def misses() -> Floats:
    """The distance of pooled variances from the true one in half-widths, of y^2 of a normal y, whose kurtosis is 15."""
    generator, n = np.random.default_rng(11), np.array([1024.0, 2048.0, 4096.0])
    distances = []
    for _ in range(1000):
        parts = intervals_of([generator.standard_normal((GROUPS, int(size) // GROUPS)) ** 2 for size in n])
        value = pooling.variance(parts[0], n)
        _, high = pooling.interval(value, parts, n - 1)
        distances.append(abs(math.log(value / 2)) / math.log(high / value))
    return np.array(distances)


def test_the_intervals_hold_the_truth_as_often_as_they_say(misses: Floats) -> None:
    """Within the binomial's range at 1e-4; intervals of 0.8 of the width are outside of it."""
    low, high = stats.binom.ppf([5e-5, 1 - 5e-5], misses.size, CONFIDENCE)
    assert low <= (misses <= 1).sum() <= high
    assert (misses <= 0.8).sum() < low
