"""The standard exponential channel of noise, for pairs of densities that differ by a waiting time."""

import numpy as np
from scipy import special

from bench.spec import BaseNoise, Floats


def fill(generator: np.random.Generator, out: Floats) -> None:
    """Density exp(-w), w > 0."""
    generator.standard_exponential(out=out)


def gauss_laguerre(nodes: int, breaks: tuple[float, ...] = ()) -> tuple[Floats, Floats]:
    """Points and weights against exp(-w); beyond 180 nodes the weights of the far ones vanish below every number."""
    points, weights = special.roots_laguerre(min(nodes, 180))
    return points, weights / weights.sum()


EXPONENTIAL = BaseNoise("exponential", fill, gauss_laguerre)
