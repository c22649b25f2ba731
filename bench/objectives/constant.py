"""Constant, f(y) = c over `dimension` components, whatever y: it has no gradient, what varies is the estimator's own.

dE f/dtheta = 0. Pathwise gives 0 in each draw, the score function c d log p/dtheta_j: under the normal with variances
c^2 / sigma_j^2 by mu_j and 2 c^2 / sigma_j^2 by sigma_j in any dimension. Mohamed et al. (2020), figure 4, for c = 100.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.phi import components
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- c."""
    out[:] = phi[0]


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- c / d, an equal part of each component."""
    out[:] = phi[0] / y.shape[0]


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- 0."""
    out[:] = 0.0


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- 0."""
    out[:] = 0.0


def no_gradient(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, k] 0."""
    return np.zeros((len(theta), theta.size // len(theta)))


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for."""
    return components("constant", phi[1])


PLUGIN = Objective(
    name="constant",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": no_gradient, "gamma": no_gradient, "bernoulli": no_gradient},
    axes={"c": (100.0,), "dimension": (1.0,)},
    uses_data=False,
    formula=r"c",
)
