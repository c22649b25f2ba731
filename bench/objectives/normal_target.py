"""Normal target in d components that separate: N(m, 1) each, a target (minus a log density) that q can be.

f(y) = -log prod_j N(y_j; m, 1) = sum_j (y_j - m)^2 / 2 + d log(2 pi) / 2, so F = E[log q - log p] is minus the ELBO.
Under normal q: dE f/dmu_j = mu_j - m and dE f/dsigma_j = sigma_j. At mu_j = m, sigma_j = 1 log q - log p is 0 for every
y, so there an estimator that sticks the landing has no variance. Roeder, Wu & Duvenaud (2017), section 3.
"""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.phi import components
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j (y_j - m)^2 / 2 + d log(2 pi) / 2."""
    m = phi[0]
    out[:] = 0.5 * y.shape[0] * math.log(2.0 * math.pi)
    for j in range(y.shape[0]):
        row = y[j]
        for i in range(out.size):
            out[i] += 0.5 * (row[i] - m) ** 2


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- (y_j - m)^2 / 2 + log(2 pi) / 2."""
    m, constant = phi[0], 0.5 * math.log(2.0 * math.pi)
    for j in range(y.shape[0]):
        row, term = y[j], out[j]
        for i in range(row.size):
            term[i] = 0.5 * (row[i] - m) ** 2 + constant


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- y_j - m."""
    m = phi[0]
    for j in range(y.shape[0]):
        row, target = y[j], out[j]
        for i in range(row.size):
            target[i] = row[i] - m


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- 1."""
    out[:] = 1.0


def exact(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (mu_j - m, sigma_j)."""
    mu, sigma = theta.T
    return np.stack([mu - phi[0], sigma], axis=-1)


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for."""
    return components("normal_target", phi[1])


PLUGIN = Objective(
    name="normal_target",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": exact},
    axes={"m": (2.0,), "dimension": (2.0,)},
    uses_data=False,
    target=True,
    formula=r"-\sum_j \log\,\mathcal{N}(y_j; m, 1)",
)
