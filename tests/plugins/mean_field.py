"""Quadratic target in three components that do not separate: f = 0.5 (y - c)'A(y - c), up to a constant.

Under q = prod_j N(mu_j, sigma_j^2):  dE f/dmu = A (mu - c),  dE f/dsigma_j = A_jj sigma_j.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Form, Objective

A = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 3.0]])
C = np.array([1.0, 0.0, -1.0])


@kernel
def value(y, data, phi, out):
    """out[draws] <- 0.5 (y - c)'A(y - c)."""
    for i in range(out.size):
        total = 0.0
        for j in range(3):
            for k in range(3):
                total += (y[j, i] - C[j]) * A[j, k] * (y[k, i] - C[k])
        out[i] = 0.5 * total


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- (A (y - c))_j."""
    out[:] = 0.0
    for j in range(3):
        for k in range(3):
            for i in range(y.shape[1]):
                out[j, i] += A[j, k] * (y[k, i] - C[k])


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- A_jj."""
    for j in range(3):
        for i in range(y.shape[1]):
            out[j, i] = A[j, j]


def exact(theta, x, phi):
    """[3, 2]."""
    mu, sigma = theta.T
    return np.stack([A @ (mu - C), np.diag(A) * sigma], axis=-1)


PLUGIN = Objective(
    name="mean_field",
    forms={"shared": {"direct": Form(np.asarray, value, None, slope, curvature)}},
    exact={"normal": exact},
    dimension=lambda latent, n, phi: 3,
    uses_data=False,
    target=True,
)
