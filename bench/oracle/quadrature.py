"""The exact mean, variance and kurtosis of an estimator in a cell: its own kernels, integrated instead of sampled.

One component: Gauss nodes go in as noise, the outputs are weighted. Several components: cumulants of the components
add up where the gradient is a sum over them; where it is f times a sum of scores, joint cumulants do
(`bench.statistics.cumulants`). An estimate of K draws averages K / coupled independent columns; a U-statistic of degree
2 has the variance (4 (h - 2) zeta_1 + 2 zeta_2) / (h (h - 1)) for h draws. Hoeffding (1948), section 5.
Nodes are added until the moments stand still; what does not converge, or has no route, is None: never a guess.
"""

import itertools
import math
from dataclasses import dataclass

import numpy as np

from bench.oracle.apply import combine, evaluate
from bench.plan.streams import channels_of
from bench.spec import Cell, Derivatives, Estimator, Floats, Form, Sampler, Variant
from bench.statistics import cumulants
from bench.statistics.moments import ROUND_OFF

NODES = 32
MOST_NODES = 2048  # of one channel
MOST_POINTS = 2**19  # of the product of the channels
MOST_LOST = 1e-6  # the largest relative error that cancellation may cause
AGREE = 1e-11  # relative change of every moment from one rule to the next


@dataclass(frozen=True, slots=True)
class Exact:
    """Exact moments of one independent coupled of an estimator, (d/dmu, d/dsigma), and what follows for K draws."""

    mean: Floats  # [2]
    variance: Floats  # [2] of one column of coupled draws; of one estimate of `degree` draws
    kurtosis: Floats  # [2] of the same; 3 where the variance is 0
    projection: Floats  # [2] zeta_1 for degree 2
    coupled: int
    degree: int

    def at(self, samples: int) -> tuple[Floats, Floats]:
        """(variance[2], kurtosis[2]) of an estimate of so many draws; NaN for a kurtosis that is not known."""
        if self.degree == 1:
            columns = samples / self.coupled
            return self.variance / columns, 3.0 + (self.kurtosis - 3.0) / columns
        pairs = samples * (samples - 1)
        variance = (4 * (samples - 2) * self.projection + 2 * self.variance) / pairs
        return variance, self.kurtosis if samples == 2 else np.full(2, np.nan)


def exact(
    form: Form, estimator: Estimator, variant: Variant, sampler: Sampler, cell: Cell, data: Floats
) -> Exact | None:
    """The exact moments of an estimator in a cell, or None where there is no exact route."""
    channels = len(channels_of(estimator))
    previous: Exact | None = None
    nodes = NODES
    while nodes <= MOST_NODES and nodes**channels <= MOST_POINTS:
        now = _integrate(form, estimator, variant, sampler, cell, data, nodes)
        if now is None:
            return None
        if previous is not None and _agree(previous, now):
            return now
        previous, nodes = now, nodes * 3 // 2
    return None


def _agree(one: Exact, two: Exact) -> bool:
    with np.errstate(divide="ignore", invalid="ignore"):
        lost = np.nan_to_num(64 * np.finfo(float).eps * abs(two.mean) / np.sqrt(two.variance), posinf=0.0)
    agree = AGREE + np.where(lost < MOST_LOST, lost, 0.0)  # a spread far below its mean keeps fewer digits
    pairs = ((one.mean, two.mean), (one.variance, two.variance), (one.kurtosis, two.kurtosis))
    scale = (np.sqrt(two.variance) + abs(two.mean), two.variance + two.mean**2 * 1e-3, two.kurtosis)
    return all(bool(np.all(abs(a - b) <= agree * s)) for (a, b), s in zip(pairs, scale, strict=True))


def _integrate(
    form: Form, estimator: Estimator, variant: Variant, sampler: Sampler, cell: Cell, data: Floats, nodes: int
) -> Exact | None:
    """`exact` with so many nodes a channel."""
    d = cell.dimension
    dependent, product = sampler.coupled > 1, estimator.structure == "product"
    if d > 1 and (form.terms is None or (product and dependent)):
        return None
    if estimator.degree > 2 or (estimator.degree == 2 and (d > 1 or dependent)):
        return None
    noise, weights = product_rule(estimator, sampler, nodes)
    parts = components(form, estimator, variant, cell, data, noise)  # [width, d, coupled, m]
    with np.errstate(over="ignore", invalid="ignore"):
        if estimator.degree == 2:
            return _pairs(estimator, parts[:, 0, 0], weights)
        if product and d > 1:
            raw = [cumulants.product_moments(parts[0, :, 0], score, weights) for score in parts[1:, :, 0]]
            mean, variance, fourth = cumulants.central(np.array(raw).T)
        else:
            each = parts[:2].mean(axis=2)  # [2, d, m]: means over the coupled
            means = each @ weights
            second, last = (((each - means[..., np.newaxis]) ** p) @ weights for p in (2, 4))
            mean, variance = means.sum(axis=1), second.sum(axis=1)
            fourth = (last - 3 * second**2).sum(axis=1) + 3 * variance**2
        return _exact(mean, variance, fourth, variance, sampler.coupled, 1)


def _exact(mean: Floats, variance: Floats, fourth: Floats, projection: Floats, coupled: int, degree: int) -> Exact:
    """The moments, with a spread of nothing but round-off as 0, and 3 for the kurtosis of a constant."""
    constant = variance <= (ROUND_OFF * mean) ** 2
    variance = np.where(constant, 0.0, variance)
    kurtosis = np.where(constant, 3.0, fourth / np.where(constant, 1.0, variance) ** 2)
    return Exact(mean, variance, kurtosis, np.where(constant, 0.0, projection), coupled, degree)


def _pairs(estimator: Estimator, numbers: Floats, weights: Floats) -> Exact:
    """A U-statistic of degree 2 from numbers[width, m] of one draw: its kernel h at every pair of nodes."""
    m = weights.size
    both = np.concatenate([np.repeat(numbers, m, axis=1), np.tile(numbers, m)], axis=1)
    out = np.empty((2, m * m))
    assert estimator.estimate is not None
    estimator.estimate(both, 2, out)
    h = out.reshape(2, m, m)
    mean = h @ weights @ weights
    h = h - mean[:, np.newaxis, np.newaxis]
    projection = (h @ weights) ** 2 @ weights
    variance, fourth = (h**p @ weights @ weights for p in (2, 4))
    return _exact(mean, variance, fourth, projection, 1, 2)


def product_rule(estimator: Estimator, sampler: Sampler, nodes: int) -> tuple[Floats, Floats]:
    """(noise[channels, coupled, m], weights[m]) of the product rule over an estimator's channels."""
    rules = [channel.rule(nodes) for channel in channels_of(estimator)]
    grid = np.array(list(itertools.product(*(points for points, _ in rules)))).T
    weights = np.array([math.prod(w) for w in itertools.product(*(weights for _, weights in rules))])
    return np.array([sampler.expand(np.ascontiguousarray(points)) for points in grid]), weights


def components(form: Form, estimator: Estimator, variant: Variant, cell: Cell, data: Floats, noise: Floats) -> Floats:
    """What an estimator's kernels give for each component alone: [width, d, coupled, m] at noise[channels, coupled, m].

    For a product in d > 1 the rows are (f_j, score_mu, score_sigma): the score is the combination with f = 1.
    """
    channels, coupled, m = noise.shape
    d, draws = cell.dimension, coupled * m
    eps = np.repeat(noise.reshape(channels, 1, draws), d, axis=1)
    f = evaluate(form, estimator, variant, cell, data, eps)
    apart = eps.reshape(channels, 1, d * draws)
    points = estimator.evaluations
    if d == 1:
        return combine(estimator, variant, cell, apart, f).reshape(-1, 1, coupled, m)
    alone = Derivatives(
        f.terms.reshape(points, d * draws), *(part.reshape(points, 1, -1) if part.size else part for part in f[1:])
    )
    if estimator.structure == "sum":
        return combine(estimator, variant, cell, apart, alone).reshape(-1, d, coupled, m)
    score = combine(estimator, variant, cell, apart, alone._replace(value=np.ones((points, d * draws))))
    return np.concatenate([alone.value, score]).reshape(-1, d, coupled, m)
