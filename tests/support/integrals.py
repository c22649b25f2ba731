"""Exact moments by brute force: tensor Gauss nodes over all noise of an estimate, through the real kernels."""

import itertools

import numpy as np

from bench.oracle import apply
from bench.oracle.apply import Case


def moments(case: Case, samples: int, nodes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(mean, variance, fourth central moment)[2] of estimates of so many draws.

    The noise of every draw in every component and channel is a dimension of the tensor rule; where draws depend on each
    other, that of every column of them is.
    """
    columns = samples // case.sampler.coupled
    channels, d = len(case.channels), case.cell.dimension
    rules = [channel.rule(nodes) for channel in case.channels] * (d * columns)
    grid = np.array(list(itertools.product(*(points for points, _ in rules)))).T.reshape(columns, d, channels, -1)
    weights = np.array([np.prod(w) for w in itertools.product(*(weights for _, weights in rules))])
    expanded = np.array([[[case.sampler.expand(np.ascontiguousarray(row)) for row in c] for c in u] for u in grid])
    # [columns, d, channels, coupled, m] -> noise[channels, d, draws of the estimate * m], the layout of a tile
    noise = np.ascontiguousarray(expanded.transpose(2, 1, 3, 0, 4).reshape(channels, d, -1))
    f = apply.evaluate(case, noise)
    contributions = apply.combine(case, noise, f)
    if case.estimator.estimate is None:
        out = contributions[:2].reshape(2, samples, -1).mean(axis=1)
    else:
        out = np.empty((2, weights.size))
        case.estimator.estimate(contributions, samples, out)
    mean = out @ weights
    centred = out - mean[:, np.newaxis]
    return mean, centred**2 @ weights, centred**4 @ weights


def fewest(case: Case) -> int:
    return max(case.estimator.degree, case.sampler.coupled)


def nodes(case: Case, samples: int) -> int:
    """As many as 200,000 points of the tensor rule allow."""
    axes = len(case.estimator.rule.channels or "1") * case.cell.dimension * (samples // case.sampler.coupled)
    return min(48, int(200_000 ** (1 / axes)))
