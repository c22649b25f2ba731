"""Quadratic, f(y) = sum_j (y_j - k)^2 over `dimension` components: the squared error of one datum, k.

Under the normal dE f/dmu_j = 2 (mu_j - k) and dE f/dsigma_j = 2 sigma_j. Mohamed et al. (2020), section 3.1, figure 2.
Of a Bernoulli y_j it is the toy of discrete estimators, f(b) = (b - k)^2: Tucker et al. (2017), k = 0.45.
"""

import numpy as np
from scipy import special

from bench.kernels.jit import kernel
from bench.phi import components
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j (y_j - k)^2."""
    k = phi[0]
    out[:] = 0.0
    for j in range(y.shape[0]):
        row = y[j]
        for i in range(out.size):
            out[i] += (row[i] - k) ** 2


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- (y_j - k)^2."""
    k = phi[0]
    for j in range(y.shape[0]):
        row, term = y[j], out[j]
        for i in range(row.size):
            term[i] = (row[i] - k) ** 2


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- 2 (y_j - k)."""
    k = phi[0]
    for j in range(y.shape[0]):
        row, target = y[j], out[j]
        for i in range(row.size):
            target[i] = 2.0 * (row[i] - k)


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- 2."""
    out[:] = 2.0


def of_normal(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (2 (mu_j - k), 2 sigma_j)."""
    mu, sigma = theta.T
    return np.stack([2 * (mu - phi[0]), 2 * sigma], axis=-1)


def of_gamma(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] the derivatives of alpha (alpha + 1) / rate^2 - 2 k alpha / rate."""
    (alpha, rate), k = theta.T, phi[0]
    by_alpha = (2 * alpha + 1) / rate**2 - 2 * k / rate
    by_rate = -2 * alpha * (alpha + 1) / rate**3 + 2 * k * alpha / rate**2
    return np.stack([by_alpha, by_rate], axis=-1)


def of_bernoulli(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 1] m (1 - m) (1 - 2 k), m the mean."""
    m = special.expit(theta)
    return np.asarray(m * (1 - m) * (1 - 2 * phi[0]))


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for."""
    return components("quadratic", phi[1])


PLUGIN = Objective(
    name="quadratic",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": of_normal, "gamma": of_gamma, "bernoulli": of_bernoulli},
    axes={"k": (0.0,), "dimension": (1.0,)},
    uses_data=False,
    formula=r"\sum_j (y_j - k)^2",
)
