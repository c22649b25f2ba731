"""Gamma distribution: y = T(eps; alpha) / rate, F(T; alpha) = Phi(eps), eps ~ N(0, 1). Erlang where alpha is whole.

Score            d log p/d alpha = log(rate y) - psi(alpha),     d log p/d rate = alpha / rate - y
Path derivative  dy/d alpha = y d log T/d alpha at fixed eps,    dy/d rate = -y / rate
Entropy          alpha - log(rate) + log Gamma(alpha) + (1 - alpha) psi(alpha)
Weak derivative  dp/d rate = alpha / rate (p - p of shape alpha + 1), coupled: shape alpha + 1 is y + e / rate, e
                 standard exponential
The path by quantiles is that of implicit reparameterisation, Figurnov et al. (2018). `rate` is 1 / scale.
"""

import functools
import math

import numpy as np
from scipy import special

from bench.kernels.elementary import exp
from bench.kernels.exponential import EXPONENTIAL
from bench.kernels.gamma_quantile import log_quantile
from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL, NORMAL_AGAIN
from bench.kernels.tabulated import COEFFICIENTS, PIECES, SIZE, look_up, places, table
from bench.spec import Family, Floats, Pairs, Parameter

NO_PAIRS = "dp/dalpha has no parts that are known to be drawn at a fixed cost"
LEAST = -708.0  # of log y: exp is no subnormal number there
FIRST, SECOND, END = 5, 5 + SIZE, 5 + 2 * SIZE  # where the tables of log T and d log T/dalpha begin and end


def tabulate(theta: Floats) -> Floats:
    """(alpha, rate, log(rate), psi(alpha), constant of log p, log T by eps, d log T/dalpha by eps)."""
    alpha, rate = float(theta[0]), float(theta[1])
    constant = alpha * math.log(alpha) - alpha - special.gammaln(alpha) + math.log(rate / alpha)
    return np.concatenate([[alpha, rate, math.log(rate), special.digamma(alpha), constant], _tables(alpha)])


@functools.lru_cache(maxsize=1024)
def _tables(alpha: float) -> Floats:
    """Those of log T and d log T/dalpha: about 2 ms."""
    return np.concatenate([table(values) for values in log_quantile(places(), alpha)])


@kernel
def transport(noise, j, theta, y):
    """y[draws] <- exp(log T(eps_j) - log(rate)), never 0: where it would be, the smallest normal number."""
    eps, log_rate, log_t = noise[0, j], theta[2], theta[FIRST:SECOND].reshape(PIECES, COEFFICIENTS)
    for i in range(eps.size):  # two loops, for exp vectorises and looking up does not
        y[i] = look_up(log_t, eps[i]) - log_rate
    for i in range(eps.size):
        y[i] = exp(max(y[i], LEAST))


@kernel
def score(weight, noise, j, theta, y, first, out):
    """out[0] += weight * (log T - psi);  out[1] += weight * (alpha / rate - y); the first component writes."""
    eps, psi, mean, d_alpha, d_rate = noise[0, j], theta[3], theta[0] / theta[1], out[0], out[1]
    log_t = theta[FIRST:SECOND].reshape(PIECES, COEFFICIENTS)
    if first:
        for i in range(eps.size):
            d_alpha[i] = weight[i] * (look_up(log_t, eps[i]) - psi)
            d_rate[i] = weight[i] * (mean - y[i])
    else:
        for i in range(eps.size):
            d_alpha[i] += weight[i] * (look_up(log_t, eps[i]) - psi)
            d_rate[i] += weight[i] * (mean - y[i])


@kernel
def path(weight, noise, j, theta, y, first, out):
    """out[0] += weight * y * d log T/dalpha;  out[1] -= weight * y / rate; the first component writes."""
    eps, scale, d_alpha, d_rate = noise[0, j], 1.0 / theta[1], out[0], out[1]
    d_log_t = theta[SECOND:END].reshape(PIECES, COEFFICIENTS)
    if first:
        for i in range(eps.size):
            d_alpha[i] = weight[i] * y[i] * look_up(d_log_t, eps[i])
            d_rate[i] = -scale * (weight[i] * y[i])
    else:
        for i in range(eps.size):
            d_alpha[i] += weight[i] * y[i] * look_up(d_log_t, eps[i])
            d_rate[i] -= scale * (weight[i] * y[i])


@kernel
def log_density(y, theta, out):
    """out[draws] <- (alpha - 1) log r + alpha (1 - r) + constant, r = y / mean: near the mean no term is large."""
    alpha, constant, scale = theta[0], theta[4], theta[1] / theta[0]
    for i in range(y.size):
        r = scale * y[i]
        out[i] = (alpha - 1.0) * math.log(r) + alpha * (1.0 - r) + constant


@kernel
def slope(y, theta, out):
    """out[draws] <- (alpha - 1) / y - rate."""
    alpha, rate = theta[0], theta[1]
    for i in range(y.size):
        out[i] = (alpha - 1.0) / y[i] - rate


def entropy(theta: Floats) -> float:
    """alpha - log(rate) + log Gamma(alpha) + (1 - alpha) psi(alpha)."""
    alpha, rate = theta[0], theta[1]
    return float(alpha - math.log(rate) + special.gammaln(alpha) + (1 - alpha) * special.digamma(alpha))


def entropy_gradient(theta: Floats) -> Floats:
    """(1 + (1 - alpha) psi'(alpha), -1 / rate)."""
    alpha, rate = theta[0], theta[1]
    return np.array([1 + (1 - alpha) * special.polygamma(1, alpha), -1 / rate])


@kernel
def moments(theta, out):
    """The mean alpha / rate and the variance alpha / rate^2, each with its derivatives."""
    alpha, scale = theta[0], 1.0 / theta[1]
    out[0, 0], out[0, 1], out[0, 2] = alpha * scale, scale, -alpha * scale**2
    out[1, 0], out[1, 1], out[1, 2] = alpha * scale**2, scale**2, -2.0 * alpha * scale**3


@kernel
def place(noise, j, theta, phi, x):
    """x[2] <- y, x[3] <- y + e / rate; and y in the rows of alpha, whose pair is missing."""
    transport(noise, j, theta, x[2])
    scale, y, e = 1.0 / theta[1], x[2], noise[1, j]
    for i in range(y.size):
        x[0, i] = y[i]
        x[1, i] = y[i]
        x[3, i] = y[i] + scale * e[i]


@kernel
def place_apart(noise, j, theta, phi, x):
    """x[2] <- y, x[3] <- y' + e / rate, y' independent of y; and y in the rows of alpha, whose pair is missing."""
    transport(noise, j, theta, x[2])
    transport(noise[2:], j, theta, x[3])
    scale, y, e = 1.0 / theta[1], x[2], noise[1, j]
    for i in range(y.size):
        x[0, i] = y[i]
        x[1, i] = y[i]
        x[3, i] += scale * e[i]


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[1] += alpha / rate * (f at plus - f at minus); out[0], of the missing pair, is 0."""
    mean, value, d_alpha, d_rate = theta[0] / theta[1], f.value, out[0], out[1]
    if first:
        for i in range(d_rate.size):
            d_alpha[i] = 0.0
            d_rate[i] = mean * (value[2, i] - value[3, i])
    else:
        for i in range(d_rate.size):
            d_rate[i] += mean * (value[2, i] - value[3, i])


PLUGIN = Family(
    name="gamma",
    parameters={"alpha": Parameter((1.0,), low=0.0), "rate": Parameter((1.0,), low=0.0)},
    channels=(NORMAL,),
    transport=transport,
    score=score,
    path=path,
    log_density=log_density,
    slope=slope,
    entropy=entropy,
    entropy_gradient=entropy_gradient,
    moments=moments,
    support=(0.0, math.inf),
    pairs=Pairs(place, combine, channels=(NORMAL, EXPONENTIAL)),
    independent_pairs=Pairs(place_apart, combine, channels=(NORMAL, EXPONENTIAL, NORMAL_AGAIN)),
    lacks={"pairs": {"alpha": NO_PAIRS}},
    tabulate=tabulate,
)
