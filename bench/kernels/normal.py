"""What most plug-ins share: standard normal noise, and the evaluation points mu + sigma * eps."""

import numpy as np
from scipy import special

from bench.kernels.jit import kernel
from bench.kernels.ziggurat import standard_normal
from bench.spec import BaseNoise, Floats


def gauss_hermite(nodes: int) -> tuple[Floats, Floats]:
    """Points and weights that integrate against the standard normal, exact for polynomials of degree 2 * nodes - 1."""
    points, weights = special.roots_hermitenorm(nodes)
    return points, weights / np.sqrt(2 * np.pi)


NORMAL = BaseNoise(name="normal", fill=standard_normal, rule=gauss_hermite)


@kernel
def location_scale(noise, mu, sigma, phi, x):
    """x[0, d, draws] <- mu + sigma * eps: where f is looked at by every estimator that draws y itself."""
    for j in range(noise.shape[1]):
        eps, y = noise[0, j], x[0, j]
        for i in range(eps.size):
            y[i] = mu + sigma * eps[i]
