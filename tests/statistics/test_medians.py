"""The interval of a median: its coverage, and the normal quantile that turns its width into an error."""

import math

import numpy as np
import pytest
from scipy import stats

from bench.statistics.medians import error_quantile, median


@pytest.mark.parametrize("n", range(1, 61))
def test_the_interval_of_the_median_covers(n: int) -> None:
    """Between the order statistics i and j lies the median with the chance of i <= B < j, B binomial (n, 1/2)."""
    middle, low, high = median(np.random.default_rng(n).permutation(np.arange(1.0, n + 1)))
    assert middle == (n + 1) / 2
    assert low + high == n + 1
    chance = stats.binom.cdf(high - 1, n, 0.5) - stats.binom.cdf(low - 1, n, 0.5)
    narrower = stats.binom.cdf(high - 2, n, 0.5) - stats.binom.cdf(low, n, 0.5)
    if n > 5:
        assert narrower < 0.95 <= chance
    else:
        assert (low, high) == (1.0, n)


@pytest.mark.parametrize("n", [*range(1, 31), 99, 100])
def test_the_quantile_is_that_of_the_exact_coverage_of_the_interval(n: int) -> None:
    """The coverage is counted: of 2^n ways to lie below or above the true median 0, comb(n, b) have b values below."""
    held = 0
    for below in range(n + 1):
        _, low, high = median(np.arange(n) - below + 0.5)
        held += math.comb(n, below) * (low < 0 < high)
    coverage = held / 2**n
    assert 1 - 2 * stats.norm.sf(error_quantile(n)) == pytest.approx(coverage, rel=1e-12)
