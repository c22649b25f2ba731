"""Which of several values may be the least: multiple comparisons with the best.

i is worse than the best if its value lies above that of any other by more than their error allows; all comparisons
together call a best one worse with a chance of LEVEL at most. Hsu (1984), Annals of Statistics 12(3), with Bonferroni's
bound for its quantile: so no correlation need be known, and errors of differences are at most the sums of both.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from bench.spec import Floats

LEVEL = 0.05
HALF_WIDTH = float(stats.norm.isf(0.025))  # of a 95 % interval, in standard errors


def may_be_least(value: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """Whether each of value[k] may be the least, by its 95 % interval, which is symmetric in its logarithm.

    Beside a value of 0 no other may.
    """
    if (nothing := value == 0).any():
        return np.asarray(nothing)
    errors, logs = np.log(high / low) / (2 * HALF_WIDTH), np.log(value)
    allowed = stats.norm.isf(LEVEL / max(1, len(value) - 1)) * np.add.outer(errors, errors)
    above = np.subtract.outer(logs, logs)
    return np.asarray((above <= allowed).all(axis=1))
