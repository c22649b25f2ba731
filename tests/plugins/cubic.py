"""Cubics, f(y) = sum_j (3 y_j^2 - 2 y_j^3) over `dimension` components: E f = d (3 (m^2 + s^2) - 2 (m^3 + 3 m s^2))."""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j y_j^2 (3 - 2 y_j)."""
    out[:] = 0.0
    for j in range(y.shape[0]):
        for i in range(out.size):
            out[i] += y[j, i] ** 2 * (3.0 - 2.0 * y[j, i])


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- y_j^2 (3 - 2 y_j)."""
    for j in range(y.shape[0]):
        for i in range(y.shape[1]):
            out[j, i] = y[j, i] ** 2 * (3.0 - 2.0 * y[j, i])


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- 6 y_j (1 - y_j)."""
    for j in range(y.shape[0]):
        for i in range(y.shape[1]):
            out[j, i] = 6.0 * y[j, i] * (1.0 - y[j, i])


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- 6 - 12 y_j."""
    for j in range(y.shape[0]):
        for i in range(y.shape[1]):
            out[j, i] = 6.0 - 12.0 * y[j, i]


def exact(theta, x, phi):
    """(6 mu - 6 mu^2 - 6 sigma^2, 6 sigma - 12 mu sigma)."""
    mu, sigma = theta.T
    return np.stack([6 * mu - 6 * mu**2 - 6 * sigma**2, 6 * sigma - 12 * mu * sigma], axis=-1)


PLUGIN = Objective(
    name="cubic",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=lambda latent, n, phi: int(phi[0]),
    exact={"normal": exact},
    axes={"dimension": (1.0,)},
    uses_data=False,
)
