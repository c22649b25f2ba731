"""Normal distribution: y = mu + sigma * eps, eps ~ N(0, 1). Location-scale family, reparameterisable.

Score            d log p/d mu = eps / sigma,   d log p/d sigma = (eps^2 - 1) / sigma
Path derivative  dy/d mu = 1,                  dy/d sigma = eps
Weak derivative  dp/d mu = (p+ - p-) / (sigma sqrt(2 pi)), p+- of mu +- sigma w, w Rayleigh;
                 dp/d sigma = (p+ - p) / sigma, p+ of mu + sigma m, m Maxwell on both sides of 0
Entropy          log(sigma) + log(2 pi e) / 2.            Mohamed et al. (2020), sections 3 and 6.
"""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.kernels.pairs import MAXWELL, RAYLEIGH, RAYLEIGH_AGAIN
from bench.spec import Family, Floats, Pairs, Parameter


@kernel
def transport(noise, j, theta, y):
    """y[draws] <- mu + sigma * eps_j."""
    mu, sigma, eps = theta[0], theta[1], noise[0, j]
    for i in range(eps.size):
        y[i] = mu + sigma * eps[i]


@kernel
def score(weight, noise, j, theta, y, first, out):
    """out[0] += weight * eps_j / sigma;  out[1] += weight * (eps_j^2 - 1) / sigma; the first component writes."""
    eps, scale, d_mu, d_sigma = noise[0, j], 1.0 / theta[1], out[0], out[1]
    # scale appears twice on purpose: with one use LLVM turns the multiplication back into a division per draw.
    if first:
        for i in range(eps.size):
            d_mu[i] = weight[i] * (scale * eps[i])
            d_sigma[i] = weight[i] * (scale * (eps[i] * eps[i] - 1.0))
    else:
        for i in range(eps.size):
            d_mu[i] += weight[i] * (scale * eps[i])
            d_sigma[i] += weight[i] * (scale * (eps[i] * eps[i] - 1.0))


@kernel
def path(weight, noise, j, theta, y, first, out):
    """out[0] += weight;  out[1] += weight * eps_j; the first component writes."""
    eps, d_mu, d_sigma = noise[0, j], out[0], out[1]
    if first:
        for i in range(eps.size):
            d_mu[i] = weight[i]
            d_sigma[i] = weight[i] * eps[i]
    else:
        for i in range(eps.size):
            d_mu[i] += weight[i]
            d_sigma[i] += weight[i] * eps[i]


@kernel
def log_density(y, theta, out):
    """out[draws] <- -((y - mu) / sigma)^2 / 2 - log(sigma) - log(2 pi) / 2."""
    mu, sigma = theta[0], theta[1]
    constant = math.log(sigma) + 0.5 * math.log(2.0 * math.pi)
    for i in range(y.size):
        out[i] = -0.5 * ((y[i] - mu) / sigma) ** 2 - constant


@kernel
def slope(y, theta, out):
    """out[draws] <- -(y - mu) / sigma^2."""
    mu, sigma = theta[0], theta[1]
    for i in range(y.size):
        out[i] = -(y[i] - mu) / (sigma * sigma)


@kernel
def moments(theta, out):
    """(mu, 1, 0), then (sigma^2, 0, 2 sigma): the mean and the variance, with their derivatives."""
    out[0, 0], out[0, 1], out[0, 2] = theta[0], 1.0, 0.0
    out[1, 0], out[1, 1], out[1, 2] = theta[1] * theta[1], 0.0, 2.0 * theta[1]


@kernel
def place(noise, j, theta, phi, x):
    """x[0], x[1] <- mu +- sigma w, w Rayleigh;  x[2] <- mu + sigma m, m Maxwell on both sides;  x[3] <- mu + sigma m u.

    m u is normal for an independent uniform u, which exp(-w^2 / 2) is: the parts of sigma's pair are coupled by m.
    """
    mu, sigma, w, m = theta[0], theta[1], noise[1, j], noise[2, j]
    for i in range(w.size):
        x[0, i] = mu + sigma * w[i]
        x[1, i] = mu - sigma * w[i]
        x[2, i] = mu + sigma * m[i]
        x[3, i] = mu + sigma * m[i] * math.exp(-0.5 * w[i] * w[i])


@kernel
def place_apart(noise, j, theta, phi, x):
    """x[0], x[1] <- mu + sigma w, mu - sigma w', w and w' Rayleigh;  x[2], x[3] <- mu + sigma m, y, m as above.

    All four are independent: the minus part of sigma's pair is the law of y itself.
    """
    mu, sigma, y, plus, m, minus = theta[0], theta[1], noise[0, j], noise[1, j], noise[2, j], noise[3, j]
    for i in range(y.size):
        x[0, i] = mu + sigma * plus[i]
        x[1, i] = mu - sigma * minus[i]
        x[2, i] = mu + sigma * m[i]
        x[3, i] = mu + sigma * y[i]


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[0] += (f[0] - f[1]) / (sigma sqrt(2 pi));  out[1] += (f[2] - f[3]) / sigma; the first component writes."""
    scale, d_mu, d_sigma = 1.0 / theta[1], out[0], out[1]
    for i in range(d_mu.size):
        by_mu = scale / math.sqrt(2.0 * math.pi) * (f.value[0, i] - f.value[1, i])
        by_sigma = scale * (f.value[2, i] - f.value[3, i])
        d_mu[i] = by_mu if first else d_mu[i] + by_mu
        d_sigma[i] = by_sigma if first else d_sigma[i] + by_sigma


def entropy(theta: Floats) -> float:
    """log(sigma) + log(2 pi e) / 2."""
    return math.log(theta[1]) + 0.5 * math.log(2 * math.pi * math.e)


@kernel
def entropy_gradient(theta):
    """(0, 1 / sigma)."""
    return np.array([0.0, 1.0 / theta[1]])


def by_sigma2(sigma: np.float64) -> np.float64:
    """d sigma/d sigma^2 = 1 / (2 sigma)."""
    return np.float64(0.5 / sigma)


def by_log_sigma(sigma: np.float64) -> np.float64:
    """d sigma/d log sigma = sigma."""
    return sigma


def by_softplus(sigma: np.float64) -> np.float64:
    """d sigma/d rho = 1 - exp(-sigma), where sigma = log(1 + exp(rho))."""
    return np.float64(-np.expm1(-sigma))


PLUGIN = Family(
    name="normal",
    parameters={"mu": Parameter((1.0,)), "sigma": Parameter((1.0,), low=0.0)},
    pairs=Pairs(place, combine, (NORMAL, RAYLEIGH, MAXWELL)),
    independent_pairs=Pairs(place_apart, combine, (NORMAL, RAYLEIGH, MAXWELL, RAYLEIGH_AGAIN)),
    derived={"sigma2": ("sigma", by_sigma2), "log_sigma": ("sigma", by_log_sigma), "softplus": ("sigma", by_softplus)},
    channels=(NORMAL,),
    transport=transport,
    score=score,
    path=path,
    log_density=log_density,
    slope=slope,
    entropy=entropy,
    entropy_gradient=entropy_gradient,
    moments=moments,
    support=(-math.inf, math.inf),
)
