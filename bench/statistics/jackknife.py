"""Delete-one-group jackknife intervals of variances and of their ratios, on the logarithmic scale.

Chi-squared intervals would be wrong here: score-function gradients are polynomials in a normal, with huge kurtosis. The
jackknife of the logarithm over groups of independent blocks needs no model: theta_(-g) from all groups but g, standard
error sqrt((G - 1) / G * sum_g (theta_(-g) - mean)^2), Student's t with G - 1 degrees of freedom.
Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import stats

from bench.spec import Floats
from bench.statistics.moments import quiet, variance

CONFIDENCE = 0.95
Interval = tuple[Floats, Floats, Floats]  # value, low, high


class Logs(NamedTuple):
    """A logarithm with its delete-one-group values: all[...], without[groups, ...]."""

    all: Floats
    without: Floats


@quiet
def log_variances(sums: Floats, replicates: Floats, floor: Floats, traces: Callable[[Floats], Floats]) -> Logs:
    """Log-variances of sums[groups, p, m, k, rows, 4], replicates[groups, k]; one up to `floor` counts as 0: -inf.

    `traces` adds up the variances [..., rows] of what belongs together.
    """
    n = replicates[:, np.newaxis, np.newaxis, :, np.newaxis]
    total, count = sums.sum(axis=0), n.sum(axis=0)
    spreads = variance(total, count), variance(total - sums, count - n)
    return Logs(*(np.log(traces(np.where(spread <= floor, 0.0, spread))) for spread in spreads))


@quiet
def log_mean_squares(sums: Floats, replicates: Floats, traces: Callable[[Floats], Floats]) -> Logs:
    """Logarithms of the mean squared deviations from the centre, for the same arrays."""
    n = replicates[:, np.newaxis, np.newaxis, :, np.newaxis]
    total, count = sums.sum(axis=0), n.sum(axis=0)
    return Logs(np.log(traces(total[..., 1] / count)), np.log(traces((total - sums)[..., 1] / (count - n))))


@quiet
def minus(numerator: Logs, denominator: Logs) -> Logs:
    """Logarithms of ratios, paired group by group: common random numbers."""
    return Logs(numerator.all - denominator.all, numerator.without - denominator.without)


@quiet
def log_half_width(logs: Logs) -> Floats:
    """Half the width of the 95 % interval on the logarithmic scale; NaN where a value is not finite."""
    groups = logs.without.shape[0]
    spread = ((logs.without - logs.without.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray(stats.t.ppf((1 + CONFIDENCE) / 2, groups - 1) * np.sqrt(spread * (groups - 1) / groups))


@quiet
def half_width(logs: Logs) -> Floats:
    """Relative half-width of the interval: sqrt(high / low) - 1."""
    return np.asarray(np.expm1(log_half_width(logs)))


@quiet
def interval(logs: Logs) -> Interval:
    """(value, low, high) on the natural scale."""
    half = log_half_width(logs)
    return np.exp(logs.all), np.exp(logs.all - half), np.exp(logs.all + half)


@quiet
def over_independent(numerator: Interval, denominator: Interval) -> Interval:
    """The ratio of two numbers of independent draws: the variances of their logarithms add.

    So do the squares of half-widths; Student's quantile is that of either's groups, a little wide for both together.
    """
    value = numerator[0] / denominator[0]
    half = np.hypot(np.log(numerator[2] / numerator[0]), np.log(denominator[2] / denominator[0]))
    return value, value * np.exp(-half), value * np.exp(half)
