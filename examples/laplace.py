"""Laplace distribution (double exponential): y = mu + b * g(eps), eps ~ N(0, 1). Location-scale family.

    python -m bench sweep study=smoke 'plugins=[examples/laplace.py]' 'family=[laplace]' \
        'family.laplace.mu=[0,1]' 'family.laplace.b=[0.5,1]'

Transport        g(eps) = sign(eps) * -log(erfc(|eps| / sqrt(2))), the quantile function of Laplace(0, 1) at Phi(eps)
Density          log p = -|y - mu| / b - log(2 b)
Score            d log p/d mu = sign(y - mu) / b,   d log p/db = (|y - mu| / b - 1) / b
Path derivative  dy/d mu = 1,                       dy/db = (y - mu) / b
Weak derivatives dp/d mu = (p[mu + b E1] - p[mu - b E1]) / (2 b),   dp/db = (p[mu +- b (E1 + E2)] - p) / b
Entropy          1 + log(2 b)

E1 = |g(eps)| and E2 are standard exponentials. Kotz, Kozubowski & Podgorski (2001), "The Laplace distribution and
generalizations", chapter 2; weak derivatives: Mohamed et al. (2020), section 6.
"""

import math
from dataclasses import replace

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.spec import Family, Pairs, Parameter

SECOND = replace(NORMAL, name="second_normal")  # E2 = -log(1 - Phi(eps_2)), smooth in eps_2


@kernel
def transport(noise, j, theta, y):
    """y[draws] <- mu + b * g(eps_j)."""
    mu, b, eps = theta[0], theta[1], noise[0, j]
    for i in range(eps.size):
        y[i] = mu + b * math.copysign(math.log(math.erfc(abs(eps[i]) * math.sqrt(0.5))), eps[i])


@kernel
def score(weight, noise, j, theta, y, first, out):
    """out[0] += weight * sign(y - mu) / b;  out[1] += weight * (|y - mu| / b - 1) / b; the first component writes."""
    mu, scale = theta[0], 1.0 / theta[1]
    for i in range(y.size):
        from_mu = scale * (y[i] - mu)
        d_mu = weight[i] * math.copysign(scale, from_mu)
        d_b = weight[i] * (scale * (abs(from_mu) - 1.0))
        out[0, i] = d_mu if first else out[0, i] + d_mu
        out[1, i] = d_b if first else out[1, i] + d_b


@kernel
def path(weight, noise, j, theta, y, first, out):
    """out[0] += weight;  out[1] += weight * (y - mu) / b; the first component writes."""
    mu, scale = theta[0], 1.0 / theta[1]
    for i in range(y.size):
        d_b = weight[i] * (scale * (y[i] - mu))
        out[0, i] = weight[i] if first else out[0, i] + weight[i]
        out[1, i] = d_b if first else out[1, i] + d_b


@kernel
def log_density(y, theta, out):
    """out[draws] <- -|y - mu| / b - log(2 b)."""
    for i in range(y.size):
        out[i] = -abs(y[i] - theta[0]) / theta[1] - math.log(2.0 * theta[1])


@kernel
def slope(y, theta, out):
    """out[draws] <- -sign(y - mu) / b."""
    for i in range(y.size):
        out[i] = -math.copysign(1.0 / theta[1], y[i] - theta[0])


@kernel
def place(noise, j, theta, phi, x):
    """x[0], x[1] <- mu +- b E1;  x[2] <- mu + sign(eps) * b (E1 + E2);  x[3] <- y."""
    mu, b, eps, second = theta[0], theta[1], noise[0, j], noise[1, j]
    for i in range(eps.size):
        e1 = -b * math.log(math.erfc(abs(eps[i]) * math.sqrt(0.5)))
        e2 = -b * math.log(0.5 * math.erfc(second[i] * math.sqrt(0.5)))
        x[0, i] = mu + e1
        x[1, i] = mu - e1
        x[2, i] = mu + math.copysign(e1 + e2, eps[i])
        x[3, i] = mu + math.copysign(e1, eps[i])


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[0] += (f[0] - f[1]) / (2 b);  out[1] += (f[2] - f[3]) / b; the first component writes."""
    scale = 1.0 / theta[1]
    for i in range(out.shape[1]):
        d_mu = 0.5 * scale * (f.value[0, i] - f.value[1, i])
        d_b = scale * (f.value[2, i] - f.value[3, i])
        out[0, i] = d_mu if first else out[0, i] + d_mu
        out[1, i] = d_b if first else out[1, i] + d_b


PLUGIN = Family(
    name="laplace",
    parameters={"mu": Parameter((0.0, 1.0)), "b": Parameter((0.5, 1.0), low=0.0)},
    channels=(NORMAL,),
    transport=transport,
    score=score,
    path=path,
    log_density=log_density,
    slope=slope,
    entropy=lambda theta: 1.0 + math.log(2.0 * theta[1]),
    entropy_gradient=lambda theta: np.array([0.0, 1.0 / theta[1]]),
    support=(-math.inf, math.inf),
    pairs=Pairs(place, combine, (NORMAL, SECOND)),
    breaks=lambda theta: (0.0,),  # of eps, where the score jumps
)
