"""The sign test of paired values: which of two comes first more often than a coin would have it?

Of n pairs that differ, the first value is less in B; where neither is favoured, B is binomial (n, 1/2). The two-sided
p-value is twice the probability of so few on the losing side, at most 1. Pairs that are equal say nothing and are left
out. No distribution of the values is assumed, so a value that is only known to be later than all others is inf.
Dixon & Mood (1946), Journal of the American Statistical Association 41.
"""

from typing import NamedTuple

import numpy as np
from scipy import stats

from bench.spec import Floats


class Signs(NamedTuple):
    """How many pairs are less on the first side, less on the second, equal; and the p-value."""

    less: int
    more: int
    ties: int
    p: float


def sign_test(first: Floats, second: Floats) -> Signs:
    """The test of first[n] against second[n]; p is 1 where no pair differs."""
    less, more = int(np.sum(first < second)), int(np.sum(first > second))
    p = min(1.0, 2 * float(stats.binom.cdf(min(less, more), less + more, 0.5)))
    return Signs(less, more, first.size - less - more, p)
