"""NumPy, vectorised by hand: a formula for f and for its slope, sums over K by `einsum`, which stores no product."""

from collections.abc import Callable
from functools import partial

import numpy as np

from bench.peers.problem import Problem
from bench.peers.spec import Peer, Ready
from bench.spec import Floats


def value(p: Problem, y: Floats) -> Floats:
    """[batch, K] f of y[batch, K] or y[batch, K, d]."""
    n, xbar, s2 = p.summary
    match p.objective:
        case "squared_error":
            return np.asarray(n * ((y - xbar) ** 2 + s2))
        case "cosine":
            return np.cos(y)
        case "gaussian_posterior":
            constant = 0.5 * n * s2 + 0.5 * (n + 1) * np.log(2 * np.pi)
            return np.asarray(0.5 * y**2 + 0.5 * n * (y - xbar) ** 2 + constant)
    a = y @ p.design.T
    softplus = np.maximum(a, 0.0) + np.log1p(np.exp(-np.abs(a)))
    return np.asarray(softplus.sum(axis=-1) + 0.5 * (y**2).sum(axis=-1) + 0.5 * p.dimension * np.log(2 * np.pi))


def slope(p: Problem, y: Floats) -> Floats:
    """Df/dy, shaped like y."""
    n, xbar, _ = p.summary
    match p.objective:
        case "squared_error":
            return np.asarray(2 * n * (y - xbar))
        case "cosine":
            return np.asarray(-np.sin(y))
        case "gaussian_posterior":
            return np.asarray(y + n * (y - xbar))
    a = y @ p.design.T
    return np.asarray((1 / (1 + np.exp(-a))) @ p.design + y)


def gradients(p: Problem, eps: Floats) -> Floats:
    """[batch, d * 2] of eps[batch, K] or eps[batch, K, d]."""
    y = p.mu + p.sigma * eps
    weight = slope(p, y) if p.estimator == "pathwise" else value(p, y)
    if p.estimator == "pathwise":
        by_mu = weight.mean(axis=1)
        by_sigma = np.einsum("bk...,bk...->b...", weight, eps) / p.samples
    else:
        weighed = weight.reshape(*weight.shape, *[1] * (eps.ndim - 2)) * eps
        mean = weight.mean(axis=1).reshape(-1, *[1] * (eps.ndim - 2))
        by_mu = weighed.mean(axis=1) / p.sigma
        by_sigma = (np.einsum("bk...,bk...->b...", weighed, eps) / p.samples - mean) / p.sigma
    both = np.stack([by_mu, by_sigma + p.entropy_by_sigma], axis=-1)
    return both.reshape(len(eps), -1)


def prepare(bits: Callable[[int], np.random.BitGenerator], p: Problem, batch: int, seed: int) -> Ready:
    """Noise goes into memory that is there already."""
    generator, eps = np.random.Generator(bits(seed)), np.empty(p.shape(batch))

    def draw() -> Floats:
        return generator.standard_normal(out=eps)

    return Ready(draw, partial(gradients, p), lambda: gradients(p, draw()))


PEERS = (
    Peer("numpy", "pcg64", partial(prepare, np.random.PCG64)),
    Peer("numpy", "sfc64", partial(prepare, np.random.SFC64)),
)
