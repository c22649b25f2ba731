"""Plain NumPy for one cell and for a grid: what one writes in a notebook, vectorised, the data collapsed."""

from collections.abc import Sequence

import numpy as np

from bench.spec import Floats


def cell(generator: np.random.Generator, draws: int, samples: int, mu: float, sigma: float, x: Floats) -> Floats:
    """Variances [2, 2] (score function and pathwise, d/dmu and d/dsigma) of draws // samples estimates."""
    eps = generator.standard_normal((draws // samples, samples))
    return statistics(eps, mu, sigma, x)


def statistics(eps: Floats, mu: float, sigma: float, x: Floats) -> Floats:
    """The same for draws eps[replicates, samples] that are there already."""
    n, xbar, s2 = x.size, x.mean(), x.var()
    y = mu + sigma * eps
    value = n * ((y - xbar) ** 2 + s2)
    slope = 2 * n * (y - xbar)
    score_mu, score_sigma = eps / sigma, (eps**2 - 1) / sigma
    gradients = (value * score_mu, value * score_sigma, slope, slope * eps)
    return np.array([gradient.mean(axis=1).var(ddof=1) for gradient in gradients]).reshape(2, 2)


def grid(generator: np.random.Generator, draws: int, cells: Sequence[tuple[int, float, Floats]]) -> None:
    """One cell after the other (samples, sigma, x), draws for each."""
    for samples, sigma, x in cells:
        cell(generator, draws, samples, 1.0, sigma, x)


def shared_grid(generator: np.random.Generator, draws: int, cells: Sequence[tuple[int, float, Floats]]) -> None:
    """The same, all cells with the same draws."""
    eps = generator.standard_normal(draws)
    for samples, sigma, x in cells:
        statistics(eps[: draws // samples * samples].reshape(-1, samples), 1.0, sigma, x)
