"""The exact mean, variance and kurtosis of an estimator in a cell: its own kernels, integrated instead of sampled.

The exact gradient is the objective's own, `Objective.exact`; the mean found here is checked against it.
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

from bench.oracle.apply import Case, combine, evaluate
from bench.plan.streams import channels_of
from bench.spec import Derivatives, Estimator, Floats, Sampler
from bench.statistics import cumulants
from bench.statistics.moments import ROUND_OFF, quiet

NODES = 32
MOST_NODES = 2048  # of one channel
MOST_POINTS = 2**19  # of the product of the channels
MOST_LOST = 1e-6  # the largest relative error that cancellation may cause
AGREE = 1e-11  # relative change of every moment from one rule to the next


@dataclass(frozen=True, slots=True)
class Exact:
    """Exact moments of one column of coupled draws, (d/dmu, d/dsigma), and what follows for K draws."""

    mean: Floats  # [2]
    variance: Floats  # [2] of one column; of one estimate of `degree` draws
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


def exact(case: Case) -> Exact | None:
    """The exact moments of an estimator in a cell, or None where there is no exact route."""
    channels = len(channels_of(case.estimator))
    coarse: Exact | None = None
    nodes = NODES
    while nodes <= MOST_NODES and nodes**channels <= MOST_POINTS:
        fine = _integrate(case, nodes)
        if fine is None:
            return None
        if coarse is not None and _agree(coarse, fine):
            return fine
        coarse, nodes = fine, nodes * 3 // 2
    return None


@quiet
def _agree(coarse: Exact, fine: Exact) -> bool:
    """Whether all moments stand still from one rule to the next."""
    lost = np.nan_to_num(64 * np.finfo(float).eps * abs(fine.mean) / np.sqrt(fine.variance), posinf=0.0)
    tolerance = AGREE + np.where(lost < MOST_LOST, lost, 0.0)  # a spread far below its mean keeps fewer digits
    pairs = ((coarse.mean, fine.mean), (coarse.variance, fine.variance), (coarse.kurtosis, fine.kurtosis))
    scales = (np.sqrt(fine.variance) + abs(fine.mean), fine.variance + fine.mean**2 * 1e-3, fine.kurtosis)
    return all(bool(np.all(abs(a - b) <= tolerance * scale)) for (a, b), scale in zip(pairs, scales, strict=True))


def _integrate(case: Case, nodes: int) -> Exact | None:
    """`exact` with so many nodes a channel."""
    d, estimator, sampler = case.cell.dimension, case.estimator, case.sampler
    dependent, product = sampler.coupled > 1, estimator.structure == "product"
    if d > 1 and (case.form.terms is None or (product and dependent)):
        return None
    if estimator.degree > 2 or (estimator.degree == 2 and (d > 1 or dependent)):
        return None
    noise, weights = product_rule(estimator, sampler, nodes)
    contributions = components(case, noise)  # [width, d, coupled, nodes]
    if estimator.degree == 2:
        return _pairs(estimator, contributions[:, 0, 0], weights)
    if product and d > 1:
        return _product(contributions[:, :, 0], weights)
    return _sum(contributions[:2].mean(axis=2), weights, sampler.coupled)


@quiet
def _sum(columns: Floats, weights: Floats, coupled: int) -> Exact:
    """A sum over components, from columns[2, d, nodes]: their cumulants add up."""
    means = columns @ weights
    second, fourth = (((columns - means[..., np.newaxis]) ** p) @ weights for p in (2, 4))
    variance = second.sum(axis=1)
    return _exact(means.sum(axis=1), variance, (fourth - 3 * second**2).sum(axis=1) + 3 * variance**2, coupled=coupled)


@quiet
def _product(parts: Floats, weights: Floats) -> Exact:
    """f times a sum of scores, from parts[f and two scores, d, nodes]: joint cumulants of the sums."""
    raw = [cumulants.product_moments(parts[0], score, weights) for score in parts[1:]]
    return _exact(*cumulants.central(np.array(raw).T))


@quiet
def _pairs(estimator: Estimator, contributions: Floats, weights: Floats) -> Exact:
    """A U-statistic of degree 2, from contributions[width, nodes] of one draw: its kernel h at every pair of nodes."""
    m = weights.size
    both = np.concatenate([np.repeat(contributions, m, axis=1), np.tile(contributions, m)], axis=1)
    out = np.empty((2, m * m))
    assert estimator.estimate is not None
    estimator.estimate(both, 2, out)
    h = out.reshape(2, m, m)
    mean = h @ weights @ weights
    h = h - mean[:, np.newaxis, np.newaxis]
    projection = (h @ weights) ** 2 @ weights
    variance, fourth = (h**p @ weights @ weights for p in (2, 4))
    return _exact(mean, variance, fourth, projection, degree=2)


def _exact(
    mean: Floats,
    variance: Floats,
    fourth: Floats,
    projection: Floats | None = None,
    coupled: int = 1,
    degree: int = 1,
) -> Exact:
    """The moments, with a spread of nothing but round-off as 0, and 3 for the kurtosis of a constant."""
    constant = variance <= (ROUND_OFF * mean) ** 2
    projection = np.where(constant, 0.0, variance if projection is None else projection)
    variance = np.where(constant, 0.0, variance)
    kurtosis = np.where(constant, 3.0, fourth / np.where(constant, 1.0, variance) ** 2)
    return Exact(mean, variance, kurtosis, projection, coupled, degree)


def product_rule(estimator: Estimator, sampler: Sampler, nodes: int) -> tuple[Floats, Floats]:
    """(noise[channels, coupled, m], weights[m]) of the product rule over an estimator's channels."""
    rules = [channel.rule(nodes) for channel in channels_of(estimator)]
    grid = np.array(list(itertools.product(*(points for points, _ in rules)))).T
    weights = np.array([math.prod(w) for w in itertools.product(*(weights for _, weights in rules))])
    return np.array([sampler.expand(np.ascontiguousarray(points)) for points in grid]), weights


def components(case: Case, noise: Floats) -> Floats:
    """What an estimator's kernels give for each component alone: [width, d, coupled, m] at noise[channels, coupled, m].

    For a product in d > 1 the rows are (f_j, score_mu, score_sigma): the score is the combination with f = 1.
    """
    channels, coupled, m = noise.shape
    d, draws, evaluations = case.cell.dimension, coupled * m, case.estimator.evaluations
    eps = np.repeat(noise.reshape(channels, 1, draws), d, axis=1)
    f = evaluate(case, eps)
    as_draws = eps.reshape(channels, 1, d * draws)  # each component a draw of its own
    if d == 1:
        return combine(case, as_draws, f).reshape(-1, 1, coupled, m)
    derivatives = (df.reshape(evaluations, 1, -1) if df.size else df for df in f[1:])
    terms = Derivatives(f.terms.reshape(evaluations, d * draws), *derivatives)
    if case.estimator.structure == "sum":
        return combine(case, as_draws, terms).reshape(-1, d, coupled, m)
    score = combine(case, as_draws, terms._replace(value=np.ones((evaluations, d * draws))))
    return np.concatenate([terms.value, score]).reshape(-1, d, coupled, m)
