"""Polynomial, f(y) = sum_j y_j + y_j^2 over `dimension` components.

Under the normal dE f/dmu_j = 1 + 2 mu_j and dE f/dsigma_j = 2 sigma_j.
"""

import numpy as np
from scipy import special

from bench.kernels.jit import kernel
from bench.phi import components
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j y_j + y_j^2."""
    out[:] = 0.0
    for j in range(y.shape[0]):
        row = y[j]
        for i in range(out.size):
            out[i] += row[i] + row[i] * row[i]


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- y_j + y_j^2."""
    for j in range(y.shape[0]):
        row, term = y[j], out[j]
        for i in range(row.size):
            term[i] = row[i] + row[i] * row[i]


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- 1 + 2 y_j."""
    for j in range(y.shape[0]):
        row, target = y[j], out[j]
        for i in range(row.size):
            target[i] = 1.0 + 2.0 * row[i]


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- 2."""
    out[:] = 2.0


def of_normal(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (1 + 2 mu_j, 2 sigma_j)."""
    mu, sigma = theta.T
    return np.stack([1 + 2 * mu, 2 * sigma], axis=-1)


def of_gamma(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] the derivatives of alpha / rate + alpha (alpha + 1) / rate^2."""
    alpha, rate = theta.T
    by_alpha = 1 / rate + (2 * alpha + 1) / rate**2
    by_rate = -alpha / rate**2 - 2 * alpha * (alpha + 1) / rate**3
    return np.stack([by_alpha, by_rate], axis=-1)


def of_bernoulli(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 1] m (1 - m) 2, m the mean."""
    m = special.expit(theta)
    return np.asarray(m * (1 - m) * 2)


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for."""
    return components("polynomial", phi[0])


PLUGIN = Objective(
    name="polynomial",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": of_normal, "gamma": of_gamma, "bernoulli": of_bernoulli},
    axes={"dimension": (1.0,)},
    uses_data=False,
    formula=r"\sum_j (y_j + y_j^2)",
)
