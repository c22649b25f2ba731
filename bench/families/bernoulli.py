"""Bernoulli distribution of logit l: y = 1 with probability m = sigmoid(l) = 1 / (1 + exp(-l)), else 0.

Transport        y = 1 where u < m, u uniform on (0, 1)
Score            d log p/d l = y - m
Path derivative  none: y jumps, so its derivative at fixed u is 0 almost everywhere and says nothing
Weak derivative  dp/d l = m (1 - m) (delta_1 - delta_0)
Entropy          log(1 + exp(l)) - l m                              Mohamed et al. (2020), sections 4 and 6.
Not to be confused with relaxations (Gumbel-softmax), whose y lies between 0 and 1.
"""

import math

import numpy as np
from scipy import special

from bench.kernels.jit import kernel
from bench.kernels.uniform import UNIFORM
from bench.spec import Family, Floats, Pairs, Parameter

JUMPS = "y jumps between 0 and 1"


@kernel
def transport(noise, j, theta, y):
    """y[draws] <- 1 where u_j < m, else 0."""
    m = 1.0 / (1.0 + math.exp(-theta[0]))
    for i in range(y.size):
        y[i] = 1.0 if noise[0, j, i] < m else 0.0


@kernel
def score(weight, noise, j, theta, y, first, out):
    """out[0] += weight * (y - m); the first component writes."""
    m, d_logit = 1.0 / (1.0 + math.exp(-theta[0])), out[0]
    if first:
        for i in range(y.size):
            d_logit[i] = weight[i] * (y[i] - m)
    else:
        for i in range(y.size):
            d_logit[i] += weight[i] * (y[i] - m)


@kernel
def log_density(y, theta, out):
    """out[draws] <- y l - log(1 + exp(l))."""
    constant = max(theta[0], 0.0) + math.log1p(math.exp(-abs(theta[0])))
    for i in range(y.size):
        out[i] = y[i] * theta[0] - constant


@kernel
def moments(theta, out):
    """The mean m and the variance v = m (1 - m), with their derivatives v and v (1 - 2 m)."""
    m = 1.0 / (1.0 + math.exp(-theta[0]))
    out[0, 0], out[0, 1] = m, m * (1.0 - m)
    out[1, 0], out[1, 1] = m * (1.0 - m), m * (1.0 - m) * (1.0 - 2.0 * m)


@kernel
def place(noise, j, theta, phi, x):
    """x[0] <- 1;  x[1] <- 0."""
    for i in range(x.shape[1]):
        x[0, i], x[1, i] = 1.0, 0.0


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[0] += m (1 - m) (f[0] - f[1]); the first component writes."""
    m = 1.0 / (1.0 + math.exp(-theta[0]))
    for i in range(out.shape[1]):
        d_logit = m * (1.0 - m) * (f.value[0, i] - f.value[1, i])
        out[0, i] = d_logit if first else out[0, i] + d_logit


def entropy(theta: Floats) -> float:
    """log(1 + exp(l)) - l m."""
    return float(np.logaddexp(0.0, theta[0]) - theta[0] * special.expit(theta[0]))


def entropy_gradient(theta: Floats) -> Floats:
    """[1] -l m (1 - m)."""
    m = special.expit(theta[0])
    return np.array([-theta[0] * m * (1 - m)])


def breaks(theta: Floats) -> tuple[float, ...]:
    """The uniform at which y jumps: m."""
    return (float(special.expit(theta[0])),)


PAIRS = Pairs(place, combine, (UNIFORM,))
PLUGIN = Family(
    name="bernoulli",
    parameters={"logit": Parameter((0.0,))},
    channels=(UNIFORM,),
    transport=transport,
    score=score,
    log_density=log_density,
    pairs=PAIRS,
    independent_pairs=PAIRS,  # neither part is random
    lacks={"path": {"logit": JUMPS}, "slope": {"logit": JUMPS}},
    entropy=entropy,
    entropy_gradient=entropy_gradient,
    moments=moments,
    support=(0.0, 1.0),
    breaks=breaks,
    label="Bernoulli",
)
