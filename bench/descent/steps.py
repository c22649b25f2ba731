"""What an estimator's steps are at rest: how they spread there, and how they hang on where they are taken.

The spread is exact: `bench.oracle.quadrature` of the estimator's case at the optimum, by the free numbers. Covariances
between the parameters of a component follow from the variances of their sums.
"""

import itertools
from dataclasses import replace

import numpy as np

from bench.descent.curvature import Rest
from bench.engine.apply import constant, contributions, estimates, untied
from bench.engine.case import Case
from bench.engine.pilot import draws
from bench.oracle import additive, nodes, quadrature
from bench.spec import Floats, Weights
from bench.statistics.moments import quiet

FEW_BATCHES = 4  # in which a step is seen to be linear
TRIED = 32  # estimates in which a step is seen not to spread differently elsewhere
SAME = 1e-9  # of the size of what is compared
STEP = 1e-3  # of a free number, for the derivative of a contribution
SETTLED = 1e-8  # of expectations, from one number of nodes to the next


def at(case: Case, rest: Rest, rho: Floats) -> Case:
    """The case at rho[c, k]; what its estimator froze at the start stays."""
    theta, _ = rest.theta(rho)
    columns = [tuple(map(float, column)) for column in theta.T]
    place = tuple(column[0] if len(column) == 1 else column for column in columns)
    return replace(case, cell=replace(case.cell, theta=place))


@quiet
def spread(case: Case, rest: Rest, samples: int, together: bool) -> Floats | str:
    """[n, n] The covariance of a step at rest over the rate, by the free numbers; or why it is not known.

    Without `together` variances alone. Between components it is left 0.
    """
    k, c = len(case.family.parameters), len(rest.rho)
    pairs = [pair for pair in itertools.combinations(range(k), 2) if together and rest.moving[[*pair]].all()]
    sums = {f"{p}+{q}": tuple(float(i in (p, q)) for i in range(k)) for p, q in pairs}
    here = at(replace(case, family=replace(case.family, combinations=sums)), rest, rest.rho)
    moments = quadrature.exact(here)
    variance = moments.at(samples)[0].reshape(c, k + len(pairs))
    if not np.isfinite(variance).all():
        return f"the exact variance at the optimum is not known: {moments.lacks(samples)}"
    blocks = np.zeros((c, k, k))
    blocks[:, range(k), range(k)] = variance[:, :k]
    for i, (p, q) in enumerate(pairs, k):
        blocks[:, p, q] = blocks[:, q, p] = (variance[:, i] - variance[:, p] - variance[:, q]) / 2
    _, rate = rest.theta(rest.rho)
    blocks = (blocks * rate[:, :, np.newaxis] * rate[:, np.newaxis])[:, rest.moving][:, :, rest.moving]
    full = np.zeros((c, blocks.shape[1], c, blocks.shape[1]))
    full[range(c), :, range(c)] = blocks
    return full.reshape(c * blocks.shape[1], -1)


def adds_up(case: Case, rest: Rest, samples: int, curvature: Floats, reach: Floats) -> bool:
    """Whether a step elsewhere is that at rest and H times the way there, draw by draw: seen at reach[places, n].

    Where f is of a random batch, whichever it is.
    """
    if case.objective.batches and case.batch is None:
        several = case.batches[:: max(1, len(case.batches) // FEW_BATCHES)]
        return all(adds_up(of_one, rest, samples, curvature, reach) for of_one in several)
    noise = draws(case, TRIED * samples)

    def steps(rho: Floats) -> Floats:
        there = at(case, rest, rho)
        taken = estimates(there, noise, samples) + constant(there)[:, np.newaxis]
        return rest.numbers(taken.T.reshape(TRIED, *rest.rho.shape) * rest.theta(rho)[1])

    still = steps(rest.rho)
    for way in reach:
        rho = rest.moved(way)
        if not np.isfinite(rest.theta(rho)[0]).all():
            return False
        off = abs(steps(rho) - still - curvature @ way)
        if not off.max() <= SAME * (abs(still).max() + abs(curvature @ way).max()):
            return False
    return True


@quiet
def products(case: Case, rest: Rest, samples: int, curvature: Floats) -> Floats | str:
    """[blocks, m^2, m^2] E A (x) A of each block, A the derivative of an estimate at rest by the free numbers.

    A block is a component, or all that are tied. Or why it is not known.
    """
    rule, d = case.rule, case.cell.dimension
    apart = additive.reads_components(case)
    if isinstance(rule, Weights) and rule.joint is not None:
        return "the contraction of estimates that weigh all draws together is not integrated"
    if case.sampler.coupled != 1 or (d > 1 and not (apart and case.form.terms is not None)):
        return "the contraction of steps that depend on several components, or draws, at once is not integrated"
    before: Floats | None = None
    for grid in nodes.growing(case, together=False, fallback=False):
        now = _products(case, rest, samples, curvature, grid)
        if before is not None and np.all(abs(now - before) <= SETTLED * abs(now).max()):
            return now
        before = now
    return "the derivative of a step does not settle, however many nodes integrate it"


def _products(case: Case, rest: Rest, samples: int, curvature: Floats, grid: nodes.Nodes) -> Floats:
    """By some nodes: H (x) H, and what A(z) spreads about H over the samples, added up over tied components."""
    k, c = int(rest.moving.sum()), len(rest.rho)
    slope = np.stack([_slope(case, rest, p, grid) for p in range(k)], axis=-1)  # [d, m, k, k], by the last
    mean = np.einsum("jm,jmab->jab", grid.weights, slope)
    spreads = np.einsum("jm,jmab,jmce->jacbe", grid.weights, slope, slope) - np.einsum("jab,jce->jacbe", mean, mean)
    spreads = spreads.reshape(len(slope), k * k, k * k) / samples
    spreads = spreads.sum(axis=0, keepdims=True) if c == 1 else spreads
    blocks = curvature.reshape(c, k, c, k)[range(c), :, range(c)]
    return np.array([np.kron(block, block) + more for block, more in zip(blocks, spreads, strict=True)])


def _slope(case: Case, rest: Rest, p: int, grid: nodes.Nodes) -> Floats:
    """[d, m, k] The derivative of what each component contributes by its p-th free number, at fixed noise."""

    def steps(size: float) -> Floats:
        way = np.zeros((len(rest.rho), int(rest.moving.sum())))
        way[:, p] = size
        rho = rest.moved(way.ravel())
        there = untied(at(case, rest, rho))
        made = contributions(there, grid.noise) + constant(there)[:, np.newaxis]
        parts = made.reshape(case.cell.dimension, -1, made.shape[1]) * rest.theta(rho)[1][..., np.newaxis]
        return np.asarray(parts[:, rest.moving].transpose(0, 2, 1))

    coarse, fine = ((steps(h) - steps(-h)) / (2 * h) for h in (STEP, STEP / 2))
    return np.asarray((4 * fine - coarse) / 3)
