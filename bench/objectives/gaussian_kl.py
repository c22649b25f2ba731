"""Reverse Kullback-Leibler divergence to the normal of the data, N(xbar, s2): a target that sigma^2 = s2 solves.

f(y) = -log N(y; xbar, s2) = (y - xbar)^2 / (2 s2) + log(2 pi s2) / 2,  xbar and s2 the mean and (1/n) variance of x.
F(mu, sigma) = E[log q - log p] = KL(N(mu, sigma^2) || N(xbar, s2)), so dF/dmu = (mu - xbar) / s2 and
dF/dsigma = sigma / s2 - 1 / sigma: unlike a sum of squared errors, it rewards spread until sigma^2 = s2.
Not to be confused with the forward divergence, whose solution is the same here and nowhere else.
"""

import math

import numpy as np

from bench.errors import BadInput
from bench.kernels.jit import kernel
from bench.spec import Floats, Form, Latent, Objective


def summary(x: Floats) -> Floats:
    """(xbar, s2); BadInput where the data do not vary."""
    if x.var() == 0:
        raise BadInput(f"objective=gaussian_kl: the {x.size} data do not vary; allowed: data of two values or more")
    return np.array([x.mean(), x.var()])


@kernel
def value(y, data, phi, out):
    """out[draws] <- (y - xbar)^2 / (2 s2) + log(2 pi s2) / 2."""
    row, centre, scale, constant = y[0], data[0], 0.5 / data[1], 0.5 * math.log(2.0 * math.pi * data[1])
    for i in range(out.size):
        out[i] = scale * (row[i] - centre) ** 2 + constant


@kernel
def slope(y, data, phi, out):
    """out[0, draws] <- (y - xbar) / s2."""
    row, target, centre, scale = y[0], out[0], data[0], 1.0 / data[1]
    for i in range(row.size):
        target[i] = scale * (row[i] - centre)


@kernel
def curvature(y, data, phi, out):
    """out[0, draws] <- 1 / s2."""
    out[:] = 1.0 / data[1]


def exact(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[1, 2] ((mu - xbar) / s2, sigma / s2)."""
    mu, sigma = theta.T
    return np.stack([(mu - x.mean()) / x.var(), sigma / x.var()], axis=-1)


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """One y for all data."""
    return 1


PLUGIN = Objective(
    name="gaussian_kl",
    forms={"shared": {"collapsed": Form(summary, value, None, slope, curvature)}},
    dimension=dimension,
    exact={"normal": exact},
    target=True,
    label="Gaussian KL",
    formula=r"-\log\,\mathcal{N}(y; \bar{x}, v)",
)
