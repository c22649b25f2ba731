"""Bumps, f(y) = sum_j exp(-k y_j^2) over `dimension` components, k >= 0: the larger k, the steeper beside 0.

Under the normal E f_j = exp(-k mu_j^2 / q) / sqrt(q), q = 1 + 2 k sigma_j^2. The lower variance changes hands with k: a
steep f has large slopes and small values. Mohamed et al. (2020), section 3.1 and figure 3.
"""

import numpy as np
from scipy import special

from bench.kernels.elementary import exp
from bench.kernels.jit import kernel
from bench.phi import components, require
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j exp(-k y_j^2)."""
    k = phi[0]
    out[:] = 0.0
    for j in range(y.shape[0]):
        row = y[j]
        for i in range(out.size):
            out[i] += exp(-k * (row[i] * row[i]))


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- exp(-k y_j^2)."""
    k = phi[0]
    for j in range(y.shape[0]):
        row, term = y[j], out[j]
        for i in range(row.size):
            term[i] = exp(-k * (row[i] * row[i]))


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- -2 k y_j exp(-k y_j^2)."""
    k = phi[0]
    for j in range(y.shape[0]):
        row, target = y[j], out[j]
        for i in range(row.size):
            target[i] = -2.0 * k * row[i] * exp(-k * (row[i] * row[i]))


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- 2 k (2 k y_j^2 - 1) exp(-k y_j^2)."""
    k = phi[0]
    for j in range(y.shape[0]):
        row, target = y[j], out[j]
        for i in range(row.size):
            target[i] = 2.0 * k * (2.0 * k * (row[i] * row[i]) - 1.0) * exp(-k * (row[i] * row[i]))


def of_normal(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (-2 k mu_j / q, 2 k sigma_j (2 k mu_j^2 / q - 1) / q) E f_j, q = 1 + 2 k sigma_j^2."""
    (mu, sigma), k = theta.T, phi[0]
    q = 1 + 2 * k * sigma**2
    mean = np.exp(-k * mu**2 / q) / np.sqrt(q)
    return np.stack([-2 * k * mu / q * mean, 2 * k * sigma * (2 * k * mu**2 / q - 1) / q * mean], axis=-1)


def of_bernoulli(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 1] m (1 - m) (exp(-k) - 1), m the mean."""
    m = special.expit(theta)
    return np.asarray(m * (1 - m) * np.expm1(-phi[0]))


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for; BadInput where a parameter is not allowed."""
    require(phi[0] >= 0, "exponential.k", phi[0], "numbers >= 0")
    return components("exponential", phi[1])


PLUGIN = Objective(
    name="exponential",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": of_normal, "bernoulli": of_bernoulli},
    axes={"k": (1.0,), "dimension": (1.0,)},
    uses_data=False,
    formula=r"\sum_j \exp(-k y_j^2)",
)
