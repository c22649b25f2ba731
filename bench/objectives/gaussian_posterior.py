"""Posterior of a normal mean: z ~ N(0, tau^2), x_i | z ~ N(z, s^2), as a target (minus a log density).

shared     f(z) = -log p(z) - sum_i log p(x_i | z), one z for all data: normal with precision 1 / tau^2 + n / s^2
per_datum  f(z_1..z_n) = sum_i [-log p(z_i) - log p(x_i | z_i)], a z_i for each datum, as in a variational autoencoder
Either way F = E[log q - log p], minus the ELBO. Under normal q: dE f/dmu = mu / tau^2 + n (mu - xbar) / s^2 and
dE f/dsigma = sigma (1 / tau^2 + n / s^2), n = 1 and xbar = x_i for each of several z_i.
Kingma & Welling (2014), section 2; the model is conjugate: Murphy (2012), section 4.6.1.
"""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.phi import require
from bench.spec import Floats, Form, Latent, Objective


def summary(x: Floats) -> Floats:
    """(n, xbar, s2): all that f depends on when y is shared."""
    return np.array([x.size, x.mean(), x.var()])


@kernel
def collapsed_value(z, data, phi, out):
    """out[draws] <- z^2 / (2 tau^2) + n ((z - xbar)^2 + s2) / (2 s^2) + the constants of the n + 1 densities."""
    n, centre, spread, row = data[0], data[1], data[2], z[0]
    prior, noise = 0.5 / phi[0] ** 2, 0.5 * n / phi[1] ** 2
    constant = math.log(phi[0]) + n * math.log(phi[1]) + 0.5 * (n + 1.0) * math.log(2.0 * math.pi)
    for i in range(out.size):
        out[i] = prior * row[i] ** 2 + noise * ((row[i] - centre) ** 2 + spread) + constant


@kernel
def collapsed_slope(z, data, phi, out):
    """out[0, draws] <- z / tau^2 + n (z - xbar) / s^2."""
    row, target, centre = z[0], out[0], data[1]
    prior, noise = 1.0 / phi[0] ** 2, data[0] / phi[1] ** 2
    for i in range(row.size):
        target[i] = prior * row[i] + noise * (row[i] - centre)


@kernel
def collapsed_curvature(z, data, phi, out):
    """out[0, draws] <- 1 / tau^2 + n / s^2."""
    out[:] = 1.0 / phi[0] ** 2 + data[0] / phi[1] ** 2


@kernel
def per_datum_value(z, x, phi, out):
    """out[draws] <- the sum of the terms."""
    prior, noise, constant = 0.5 / phi[0] ** 2, 0.5 / phi[1] ** 2, math.log(2.0 * math.pi * phi[0] * phi[1])
    out[:] = x.size * constant
    for j in range(x.size):
        row, datum = z[j], x[j]
        for i in range(out.size):
            out[i] += prior * row[i] ** 2 + noise * (row[i] - datum) ** 2


@kernel
def per_datum_terms(z, x, phi, out):
    """out[j, draws] <- z_j^2 / (2 tau^2) + (z_j - x_j)^2 / (2 s^2) + the constants of both densities."""
    prior, noise, constant = 0.5 / phi[0] ** 2, 0.5 / phi[1] ** 2, math.log(2.0 * math.pi * phi[0] * phi[1])
    for j in range(x.size):
        row, term, datum = z[j], out[j], x[j]
        for i in range(row.size):
            term[i] = prior * row[i] ** 2 + noise * (row[i] - datum) ** 2 + constant


@kernel
def per_datum_slope(z, x, phi, out):
    """out[j, draws] <- z_j / tau^2 + (z_j - x_j) / s^2."""
    prior, noise = 1.0 / phi[0] ** 2, 1.0 / phi[1] ** 2
    for j in range(x.size):
        row, slope, datum = z[j], out[j], x[j]
        for i in range(row.size):
            slope[i] = prior * row[i] + noise * (row[i] - datum)


@kernel
def per_datum_curvature(z, x, phi, out):
    """out[j, draws] <- 1 / tau^2 + 1 / s^2."""
    out[:] = 1.0 / phi[0] ** 2 + 1.0 / phi[1] ** 2


def exact(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (mu / tau^2 + n (mu - xbar) / s^2, sigma (1 / tau^2 + n / s^2)), n = 1 where each datum has its z."""
    n, centres = (x.size, np.array([x.mean()])) if len(theta) == 1 else (1, x)
    (mu, sigma), (prior, noise) = theta.T, (1.0 / phi[0] ** 2, n / phi[1] ** 2)
    return np.stack([prior * mu + noise * (mu - centres), sigma * (prior + noise)], axis=-1)


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """One z for all data, or one for each; BadInput where a standard deviation is not one."""
    for name, value in zip(("tau", "s"), phi, strict=True):
        require(value > 0, f"gaussian_posterior.{name}", value, "numbers > 0")
    return n if latent == "per_datum" else 1


PLUGIN = Objective(
    name="gaussian_posterior",
    forms={
        "shared": {"collapsed": Form(summary, collapsed_value, None, collapsed_slope, collapsed_curvature)},
        "per_datum": {
            "direct": Form(np.asarray, per_datum_value, per_datum_terms, per_datum_slope, per_datum_curvature)
        },
    },
    dimension=dimension,
    exact={"normal": exact},
    axes={"tau": (1.0,), "s": (1.0,)},
    target=True,
    label="Gaussian posterior",
    formula=r"-\log\,\mathcal{N}(y; 0, \tau^2) - \sum_i \log\,\mathcal{N}(x_i; y, s^2)",
)
