"""The standard normal channel of noise, which all continuous families are driven by."""

import numpy as np
from scipy import special

from bench.kernels.ziggurat import standard_normal
from bench.spec import BaseNoise, Floats


def gauss_hermite(nodes: int) -> tuple[Floats, Floats]:
    """Points and weights that integrate against the standard normal, exact for polynomials of degree 2 * nodes - 1."""
    points, weights = special.roots_hermitenorm(nodes)
    return points, weights / np.sqrt(2 * np.pi)


NORMAL = BaseNoise(name="normal", fill=standard_normal, rule=gauss_hermite)
