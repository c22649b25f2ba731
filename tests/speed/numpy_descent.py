"""Stochastic gradient descent in plain NumPy, as one writes it: one replicate at a time, or all of them in arrays."""

import numpy as np

from bench.spec import Floats


def one_at_a_time(
    generator: np.random.Generator, replicates: int, steps: int, samples: int, rate: float, x: Floats, pathwise: bool
) -> Floats:
    """[replicates, 2] mu and log sigma after some steps from N(0, 1) down E sum_i (y - x_i)^2."""
    ends = np.empty((replicates, 2))
    n, xbar, s2 = x.size, x.mean(), x.var()
    for r in range(replicates):
        mu, log_sigma = 0.0, 0.0
        for _ in range(steps):
            sigma = np.exp(log_sigma)
            eps = generator.standard_normal(samples)
            y = mu + sigma * eps
            if pathwise:
                slope = 2 * n * (y - xbar)
                by_mu, by_sigma = slope, slope * eps
            else:
                value = n * ((y - xbar) ** 2 + s2)
                by_mu, by_sigma = value * eps / sigma, value * (eps**2 - 1) / sigma
            mu -= rate * by_mu.mean()
            log_sigma -= rate * sigma * by_sigma.mean()
        ends[r] = mu, log_sigma
    return ends


def all_at_once(
    generator: np.random.Generator, replicates: int, steps: int, samples: int, rate: float, x: Floats, pathwise: bool
) -> Floats:
    """The same, the replicates side by side."""
    mu, log_sigma = np.zeros(replicates), np.zeros(replicates)
    n, xbar, s2 = x.size, x.mean(), x.var()
    for _ in range(steps):
        sigma = np.exp(log_sigma)[:, np.newaxis]
        eps = generator.standard_normal((replicates, samples))
        y = mu[:, np.newaxis] + sigma * eps
        if pathwise:
            slope = 2 * n * (y - xbar)
            by_mu, by_sigma = slope, slope * eps
        else:
            value = n * ((y - xbar) ** 2 + s2)
            by_mu, by_sigma = value * eps / sigma, value * (eps**2 - 1) / sigma
        mu -= rate * by_mu.mean(axis=1)
        log_sigma -= rate * sigma[:, 0] * by_sigma.mean(axis=1)
    return np.stack([mu, log_sigma], axis=-1)
