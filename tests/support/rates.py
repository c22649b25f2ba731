"""How the variance of the mean over an estimate falls with its draws, measured and expected."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bench.kernels.uniform import UNIFORM
from bench.plan.streams import coupled_of
from bench.spec import BaseNoise, Floats, Sampler
from tests.support.cases import EVERYTHING

Integrand = Callable[[Floats], Floats]  # z[..., d, K, columns] -> g[..., K, columns]

COLUMNS = 64
BOUND = 6.0  # standard errors


def sampler_of(name: str) -> Sampler:
    """A sampler by its name."""
    sampler: Sampler = EVERYTHING.get("sampler", name)
    return sampler


def estimates_of(
    sampler: Sampler, g: Integrand, d: int, samples: int, estimates: int, channel: BaseNoise = UNIFORM
) -> Floats:
    """[estimates] Means of g over estimates of so many draws."""
    coupled = coupled_of(sampler, samples)
    draws = np.empty((estimates // COLUMNS, d, coupled, COLUMNS * samples // coupled))
    sampler.fill(np.random.Generator(np.random.SFC64(21)), channel, draws)
    return g(draws.reshape(len(draws), d, samples, COLUMNS)).mean(axis=-2).ravel()


def variances(means: Sequence[Floats]) -> tuple[Floats, Floats]:
    """(logarithms of variances, their standard errors) of several rows of estimates."""
    centred = [row - row.mean() for row in means]
    squares = np.array([np.mean(row**2) for row in centred])
    kurtosis = np.array([np.mean(row**4) for row in centred]) / squares**2
    return np.log(squares), np.sqrt((kurtosis - 1) / np.array([len(row) for row in means]))


def slope_of(logs: Floats, samples: Sequence[int], errors: Floats) -> tuple[float, float]:
    """(slope, standard error) of the least-squares line through logarithms of variances against those of samples."""
    x = np.log(samples) - np.log(samples).mean()
    weights: NDArray[np.float64] = x / (x @ x)
    return float(weights @ logs), float(np.sqrt(weights**2 @ errors**2))
