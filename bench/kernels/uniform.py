"""The uniform channel of noise on (0, 1), and one of the same law that tells which batch of the data f is of."""

from dataclasses import replace

import numpy as np

from bench.spec import BaseNoise, Floats

TINY = 2.0**-53  # of the mass, at either end: quantiles of 0 and 1 may be infinite


def fill(generator: np.random.Generator, out: Floats) -> None:
    """Uniforms in [0, 1)."""
    out[...] = generator.random(out.shape)


def gauss_legendre(nodes: int, breaks: tuple[float, ...] = ()) -> tuple[Floats, Floats]:
    """Points and weights on (0, 1), in each piece between the breaks a share of the nodes."""
    ends = np.array([0.0, *breaks, 1.0])
    points, weights = np.polynomial.legendre.leggauss(max(1, nodes // (len(ends) - 1)))
    width = np.diff(ends)[:, np.newaxis]
    return (ends[:-1, np.newaxis] + width * (points + 1) / 2).ravel(), (width * weights / 2).ravel()


def density(u: Floats) -> Floats:
    """1."""
    return np.ones_like(u)


def quantile(chances: Floats) -> None:
    """They are their own."""


def mirror(u: Floats) -> Floats:
    """1 - u."""
    return 1.0 - u


UNIFORM = BaseNoise(
    *("uniform", fill, gauss_legendre), density=density, ends=(TINY, 1.0 - TINY), quantile=quantile, mirror=mirror
)
BATCH = replace(UNIFORM, name="batch")
