"""Total variances in groups, and how often their intervals hold the truth."""

import numpy as np
import pytest
from scipy import stats

from bench.vae.totals import Sums, log_total, ratio, total

GROUPS, SIZE = 16, 4


def sums(vectors: np.ndarray) -> Sums:
    """Of vectors[groups * size, P]."""
    grouped = vectors.reshape(GROUPS, SIZE, -1)
    return Sums(grouped.sum(1), (grouped**2).sum((1, 2)))


def drawn(seed: int) -> np.ndarray:
    return 3 + np.random.default_rng(seed).normal(size=(GROUPS * SIZE, 5)) * np.arange(1, 6)


def test_the_total_is_the_trace_of_the_covariance() -> None:
    vectors = drawn(0)
    logs = log_total(sums(vectors), SIZE)
    assert np.isclose(total(logs)[0], np.trace(np.cov(vectors.T)), rtol=1e-13)
    without = np.delete(vectors, np.s_[:SIZE], axis=0)
    assert np.isclose(np.exp(logs.without[0]), np.trace(np.cov(without.T)), rtol=1e-13)


def test_a_ratio_to_itself_is_exact_and_one_of_the_same_draws_is_narrow() -> None:
    vectors, noise = drawn(1), drawn(2)
    logs = log_total(sums(vectors), SIZE)
    assert ratio(logs, logs) == (1, 1, 1)
    value, low, high = ratio(log_total(sums(1.5 * vectors + 0.01 * noise), SIZE), logs)
    assert low < value < high
    assert high / low < total(logs)[2] / total(logs)[1]


@pytest.mark.parametrize("draws", ["paired", "alone"])
def test_the_interval_holds_the_truth_as_often_as_it_says(draws: str) -> None:
    runs, truth = 400, {"paired": 4.0, "alone": 55.0}[draws]
    held = 0
    for seed in range(runs):
        vectors, noise = drawn(seed), drawn(runs + seed)
        logs = log_total(sums(vectors), SIZE)
        if draws == "paired":
            other = (2 * vectors + noise / 10) / np.sqrt(1 + 0.01 / 4)
            _, low, high = ratio(log_total(sums(other), SIZE), logs)
        else:
            _, low, high = total(logs)
        held += low <= truth <= high
    least, most = stats.binom.interval(1 - 1e-4, runs, 0.95)
    assert least <= held <= most


def test_nothing_that_varies_is_zero_without_an_interval() -> None:
    value, low, _ = total(log_total(sums(np.zeros((GROUPS * SIZE, 2))), SIZE))
    assert value == 0
    assert np.isnan(low)
