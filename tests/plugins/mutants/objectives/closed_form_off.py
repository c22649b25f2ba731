"""A mutant: f(y) = y^2 whose closed form takes sigma for the variance: dE f/dsigma = 1, not 2 sigma."""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- y^2."""
    for i in range(out.size):
        out[i] = y[0, i] ** 2


@kernel
def slope(y, data, phi, out):
    """out[0, draws] <- 2 y."""
    for i in range(y.shape[1]):
        out[0, i] = 2.0 * y[0, i]


def exact(theta, x, phi):
    """The planted error stands in the second column."""
    mu, sigma = theta.T
    return np.stack([2 * mu, np.ones_like(sigma)], axis=-1)


PLUGIN = Objective(
    "closed_form_off",
    {"shared": {"direct": Form(np.asarray, value, None, slope)}},
    lambda latent, n, phi: 1,
    exact={"normal": exact},
    uses_data=False,
)
