"""Delete-one-group jackknife intervals of variances and of their ratios, on the logarithmic scale.

Chi-squared intervals would be wrong here: score-function gradients are polynomials in a normal, with huge kurtosis. The
jackknife of the logarithm over groups of independent blocks needs no model: theta_(-g) from all groups but g, standard
error sqrt((G - 1) / G * sum_g (theta_(-g) - mean)^2), Student's t with G - 1 degrees of freedom.
Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.
"""

from typing import NamedTuple

import numpy as np
from scipy import stats

from bench.spec import Floats
from bench.statistics.moments import variance

CONFIDENCE = 0.95


class Logs(NamedTuple):
    """A logarithm with its delete-one-group values: all[...], without[groups, ...]."""

    all: Floats
    without: Floats


def log_variances(sums: Floats, replicates: Floats, floor: Floats) -> Logs:
    """Logarithms of variances, up to `floor` those of 0; sums[groups, p, m, k, 2, 4], replicates[groups, k]."""
    n = replicates[:, np.newaxis, np.newaxis, :, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        total, count = sums.sum(axis=0), n.sum(axis=0)
        spreads = variance(total, count), variance(total - sums, count - n)
        return Logs(*(np.log(np.where(spread <= floor, 0.0, spread)) for spread in spreads))


def minus(one: Logs, other: Logs) -> Logs:
    """Logarithms of ratios, paired group by group: common random numbers."""
    with np.errstate(invalid="ignore"):
        return Logs(one.all - other.all, one.without - other.without)


def log_half_width(logs: Logs) -> Floats:
    """Half the width of the 95 % interval on the logarithmic scale; NaN where a value is not finite."""
    groups = logs.without.shape[0]
    with np.errstate(invalid="ignore"):
        spread = ((logs.without - logs.without.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray(stats.t.ppf((1 + CONFIDENCE) / 2, groups - 1) * np.sqrt(spread * (groups - 1) / groups))


def half_width(logs: Logs) -> Floats:
    """Relative half-width of the interval: sqrt(high / low) - 1."""
    with np.errstate(over="ignore"):
        return np.asarray(np.expm1(log_half_width(logs)))


def interval(logs: Logs) -> tuple[Floats, Floats, Floats]:
    """(value, low, high) on the natural scale."""
    half = log_half_width(logs)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(logs.all), np.exp(logs.all - half), np.exp(logs.all + half)
