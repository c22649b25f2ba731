"""Linear function, f(y) = sum_j y_j over `dimension` components: of a normal y pathwise has no variance for mu.

Under the normal dE f/dmu_j = 1 and dE f/dsigma_j = 0. In `dimension` the joint score function suffers from all other
terms: Mohamed et al. (2020), figure 4.
"""

import numpy as np
from scipy import special

from bench.kernels.jit import kernel
from bench.phi import components
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j y_j."""
    out[:] = 0.0
    for j in range(y.shape[0]):
        row = y[j]
        for i in range(out.size):
            out[i] += row[i]


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- y_j."""
    for j in range(y.shape[0]):
        row, term = y[j], out[j]
        for i in range(row.size):
            term[i] = row[i]


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- 1."""
    out[:] = 1.0


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- 0."""
    out[:] = 0.0


def of_normal(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (1, 0)."""
    return np.stack([np.ones(len(theta)), np.zeros(len(theta))], axis=-1)


def of_gamma(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (1 / rate, -alpha / rate^2)."""
    alpha, rate = theta.T
    return np.stack([1 / rate, -alpha / rate**2], axis=-1)


def of_bernoulli(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 1] m (1 - m), m the mean."""
    m = special.expit(theta)
    return np.asarray(m * (1 - m))


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for."""
    return components("linear", phi[0])


PLUGIN = Objective(
    name="linear",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": of_normal, "gamma": of_gamma, "bernoulli": of_bernoulli},
    axes={"dimension": (1.0,)},
    uses_data=False,
    formula=r"\sum_j y_j",
)
