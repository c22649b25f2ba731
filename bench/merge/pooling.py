"""What several independent runs say together of one number, each with its replicates.

Run i gives R_i independent replicates of one law; N = sum R_i, and k is the number of runs.

    mean        sum R_i m_i / N; its standard error sqrt(sum (R_i e_i)^2) / N
    variance    v = sum w_i v_i,  w_i = (R_i - 1) / (N - k): unbiased; each v_i is about the mean of its own run
    interval    log v has the relative deviation sum u_i d log v_i with u_i = w_i v_i / v (delta method), and runs are
                independent, so half-widths h_i on the logarithmic scale add in quadrature:  h = sqrt(sum (u_i h_i)^2)
    score       z = sum sqrt(R_i) z_i / sqrt(N), Stouffer's with the weights that make it the z of the pooled number,
                for the standard error of z_i is proportional to 1 / sqrt(R_i)
    kurtosis    the fourth moments and the variances are pooled, then divided

Weights are replicates and never inverse variances: where tails are heavy, a run that missed the tail has both a small
variance and a narrow interval, and would pull the result below the truth. One run of N replicates has N - 1 degrees of
freedom, this N - k; it has 1 / sqrt(R) less of the third moments for the kurtosis; and its jackknife has as many groups
as each run here, whose Student's quantile makes the pooled interval about 1 % wide (of 64 groups).
Stouffer et al. (1949), The American Soldier 1, note 34; Efron & Tibshirani (1993), chapter 11, for the intervals.
"""

import numpy as np

from bench.spec import Floats
from bench.statistics.jackknife import Interval
from bench.statistics.moments import quiet


def mean(values: Floats, replicates: Floats) -> float:
    """The mean of values[runs], each of so many replicates."""
    return float(replicates @ values / replicates.sum())


def standard_error(errors: Floats, replicates: Floats) -> float:
    """The standard error of `mean`, from those of the runs."""
    return float(np.sqrt(((replicates * errors) ** 2).sum()) / replicates.sum())


@quiet
def variance(variances: Floats, replicates: Floats) -> float:
    """The unbiased variance, from unbiased variances[runs]."""
    return mean(variances, replicates - 1)


@quiet
def score(scores: Floats, replicates: Floats) -> float:
    """The z score of what is pooled, from scores[runs] against one exact value."""
    return float(np.sqrt(replicates) @ scores / np.sqrt(replicates.sum()))


@quiet
def kurtosis(kurtoses: Floats, variances: Floats, replicates: Floats) -> float:
    """The fourth moment over the squared variance, each pooled; NaN where the variance is 0."""
    squares = variances * (replicates - 1) / replicates
    return float(np.divide(mean(kurtoses * squares**2, replicates), mean(squares, replicates) ** 2))


@quiet
def interval(value: float, parts: Interval, weights: Floats) -> tuple[float, float]:
    """The ends of the interval of `value`, a sum of weights[runs] times the values of `parts`, which have intervals."""
    values, low, high = parts
    shares = weights * values / (weights @ values)
    half = np.sqrt(((shares * np.log(high / low) / 2) ** 2).sum())
    return float(value * np.exp(-half)), float(value * np.exp(half))
