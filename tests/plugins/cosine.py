"""Cosines, f(y) = sum_j cos(k y_j) over `dimension` components: the smaller the wavelength, the worse for pathwise."""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j cos(k y_j)."""
    out[:] = 0.0
    for j in range(y.shape[0]):
        for i in range(out.size):
            out[i] += math.cos(phi[0] * y[j, i])


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- cos(k y_j)."""
    for j in range(y.shape[0]):
        for i in range(y.shape[1]):
            out[j, i] = math.cos(phi[0] * y[j, i])


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- -k sin(k y_j)."""
    for j in range(y.shape[0]):
        for i in range(y.shape[1]):
            out[j, i] = -phi[0] * math.sin(phi[0] * y[j, i])


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- -k^2 cos(k y_j)."""
    for j in range(y.shape[0]):
        for i in range(y.shape[1]):
            out[j, i] = -(phi[0] ** 2) * math.cos(phi[0] * y[j, i])


def exact(theta, x, phi):
    """E cos(k y_j) = exp(-k^2 sigma_j^2 / 2) cos(k mu_j)."""
    (mu, sigma), k = theta.T, phi[0]
    damping = np.exp(-(k * k) * sigma * sigma / 2)
    return np.stack([-k * damping * np.sin(k * mu), -k * k * sigma * damping * np.cos(k * mu)], axis=-1)


PLUGIN = Objective(
    name="cosine",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    exact={"normal": exact},
    dimension=lambda latent, n, phi: int(phi[1]),
    axes={"k": (1.0,), "dimension": (1.0,)},
    uses_data=False,
)
