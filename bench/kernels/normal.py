"""The standard normal channel of noise, which all continuous families are driven by."""

import numpy as np
from scipy import special

from bench.kernels.ziggurat import standard_normal
from bench.spec import BaseNoise, Floats

EDGE = 12.0  # the density beyond is below 1e-32


def gauss_hermite(nodes: int, breaks: tuple[float, ...] = ()) -> tuple[Floats, Floats]:
    """Points and weights that integrate against the standard normal, exact for polynomials of degree 2 * nodes - 1.

    With breaks each piece between them has a share of the nodes, of Gauss and Legendre with the density as weight.
    """
    if not breaks:
        points, weights = special.roots_hermitenorm(nodes)
        return points, weights / np.sqrt(2 * np.pi)
    ends = np.array([-EDGE, *breaks, EDGE])
    points, weights = np.polynomial.legendre.leggauss(max(1, nodes // (len(ends) - 1)))
    width = np.diff(ends)[:, np.newaxis]
    points = (ends[:-1, np.newaxis] + width * (points + 1) / 2).ravel()
    weights = (width * weights).ravel() * np.exp(-0.5 * points**2)
    return points, weights / weights.sum()


NORMAL = BaseNoise(name="normal", fill=standard_normal, rule=gauss_hermite)
