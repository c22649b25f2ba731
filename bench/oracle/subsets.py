"""Estimates of K draws beside the mean over their subsets of m draws, which a U-statistic of degree m is."""

import itertools
from typing import Any

import numpy as np

from bench.spec import Floats

MOST_SUBSETS = 200_000


def values(count: int) -> Floats:
    """Numbers of either sign without a pattern."""
    return np.random.Generator(np.random.SFC64(8)).standard_normal(count) * 3.0 + 1.0


def weights_of(joint: Any, value: Floats, samples: int) -> Floats:
    """[samples * replicates] What a joint kernel makes of these values of f."""
    out = np.full(value.size, np.nan)
    joint(np.ascontiguousarray(value), samples, out)
    return out


def beside_subsets(joint: Any, degree: int, samples: int) -> tuple[float, float, float] | None:
    """(estimate of all draws, mean over subsets, size of what was added up); None where subsets are too many.

    Scores s_k beside values f_k: sum_k w_k s_k / K, against the mean over subsets of the same of the subset alone.
    """
    combinations = itertools.islice(itertools.combinations(range(samples), degree), MOST_SUBSETS + 1)
    subsets = np.array(list(combinations))
    if len(subsets) > MOST_SUBSETS:
        return None
    value, score = values(2 * samples).reshape(2, samples)
    of_all = float(np.mean(weights_of(joint, value, samples) * score))
    weights = weights_of(joint, value[subsets].T.ravel(), degree).reshape(degree, -1)  # an estimate for each subset
    of_subsets = weights * score[subsets].T
    return of_all, float(of_subsets.mean()), 1.0 + float(np.max(np.abs(of_subsets)))
