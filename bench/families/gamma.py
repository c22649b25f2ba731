"""Gamma distribution of shape alpha and rate: p(y) = rate^alpha y^(alpha - 1) exp(-rate y) / Gamma(alpha), y > 0.

Transport        y = T(z; alpha) / rate, z ~ N(0, 1), T the quantile at Phi(z): `bench.kernels.gamma_quantile`
Score            d log p/d alpha = log(rate y) - psi(alpha),   d log p/d rate = alpha / rate - y
Path derivative  dy/d alpha = y d log T/d alpha,               dy/d rate = -y / rate
Weak derivative  dp/d rate = alpha / rate (Gamma(alpha, rate) - Gamma(alpha + 1, rate)), coupled by y + an exponential
Entropy          alpha - log(rate) + log Gamma(alpha) + (1 - alpha) psi(alpha)

At fixed z implicit reparameterisation is explicit: Figurnov, Mohamed, Mnih (2018). Not to be confused with the shape
augmentation of rejection samplers (Naesseth et al., 2017), whose path derivative is another one.
"""

import math

import numpy as np
from scipy import special

from bench.kernels.exponential import EXPONENTIAL
from bench.kernels.gamma_quantile import DEGREE, piece, polynomial, tables
from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.spec import Family, Floats, Pairs, Parameter


@kernel
def transport(noise, j, theta, y):
    """y[draws] <- T(z_j) / rate."""
    z, shift = noise[0, j], math.log(theta[1])
    for i in range(z.size):
        y[i] = math.exp(polynomial(z[i], theta, piece(z[i], theta)) - shift)


@kernel
def score(weight, noise, j, theta, y, first, out):
    """out[0] += weight * (log T - psi(alpha));  out[1] += weight * (alpha / rate - y); the first component writes."""
    z, psi, mean = noise[0, j], theta[theta.size - 1], theta[0] / theta[1]
    for i in range(z.size):
        d_alpha = weight[i] * (polynomial(z[i], theta, piece(z[i], theta)) - psi)
        d_rate = weight[i] * (mean - y[i])
        out[0, i] = d_alpha if first else out[0, i] + d_alpha
        out[1, i] = d_rate if first else out[1, i] + d_rate


@kernel
def path(weight, noise, j, theta, y, first, out):
    """out[0] += weight * y d log T/d alpha;  out[1] += -weight * y / rate; the first component writes."""
    z, scale = noise[0, j], -1.0 / theta[1]
    for i in range(z.size):
        d_alpha = weight[i] * y[i] * polynomial(z[i], theta, piece(z[i], theta) + DEGREE + 1)
        d_rate = weight[i] * (scale * y[i])
        out[0, i] = d_alpha if first else out[0, i] + d_alpha
        out[1, i] = d_rate if first else out[1, i] + d_rate


@kernel
def log_density(y, theta, out):
    """out[draws] <- alpha log(rate) + (alpha - 1) log(y) - rate y - log Gamma(alpha)."""
    constant = theta[0] * math.log(theta[1]) - math.lgamma(theta[0])
    for i in range(y.size):
        out[i] = constant + (theta[0] - 1.0) * math.log(y[i]) - theta[1] * y[i]


@kernel
def slope(y, theta, out):
    """out[draws] <- (alpha - 1) / y - rate."""
    for i in range(y.size):
        out[i] = (theta[0] - 1.0) / y[i] - theta[1]


@kernel
def place(noise, j, theta, phi, x):
    """x[2] <- y;  x[3] <- y + an exponential of the rate, which is Gamma(alpha + 1, rate); the shape has no pair."""
    z, waiting, shift, scale = noise[0, j], noise[1, j], math.log(theta[1]), 1.0 / theta[1]
    for i in range(z.size):
        y = math.exp(polynomial(z[i], theta, piece(z[i], theta)) - shift)
        x[0, i], x[1, i], x[2, i], x[3, i] = y, y, y, y + scale * waiting[i]


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[1] += alpha / rate * (f[2] - f[3]); the first component writes."""
    scale = theta[0] / theta[1]
    for i in range(out.shape[1]):
        d_rate = scale * (f.value[2, i] - f.value[3, i])
        out[0, i] = 0.0 if first else out[0, i]
        out[1, i] = d_rate if first else out[1, i] + d_rate


def tabulate(theta: Floats) -> Floats:
    """(alpha, rate), the tables of the quantile, and psi(alpha) last."""
    return np.concatenate([theta, tables(float(theta[0])), [special.digamma(theta[0])]])


def entropy(theta: Floats) -> float:
    """alpha - log(rate) + log Gamma(alpha) + (1 - alpha) psi(alpha)."""
    alpha, rate = theta
    return float(alpha - math.log(rate) + special.gammaln(alpha) + (1 - alpha) * special.digamma(alpha))


def entropy_gradient(theta: Floats) -> Floats:
    """(1 + (1 - alpha) psi'(alpha), -1 / rate)."""
    alpha, rate = theta
    return np.array([1 + (1 - alpha) * special.polygamma(1, alpha), -1 / rate])


NO_PAIR = "the parts of the shape's weak derivative are no laws that are drawn by a known transport"

PLUGIN = Family(
    name="gamma",
    parameters={"alpha": Parameter((1.0,), low=0.0), "rate": Parameter((1.0,), low=0.0)},
    channels=(NORMAL,),
    transport=transport,
    score=score,
    path=path,
    log_density=log_density,
    slope=slope,
    pairs=Pairs(place, combine, (NORMAL, EXPONENTIAL)),
    lacks={"pairs": {"alpha": NO_PAIR}},
    entropy=entropy,
    entropy_gradient=entropy_gradient,
    support=(0.0, math.inf),
    tabulate=tabulate,
)
