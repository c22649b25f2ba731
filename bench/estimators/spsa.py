"""Simultaneous perturbation (SPSA): all parameters move at once by +h or -h, and f is looked at twice.

Approximates  grad E f(y),  y = mu + sigma eps
With          (f(T(eps; theta + h D)) - f(T(eps; theta - h D))) / (2 h D_p),  D_p = +1 or -1 with equal chance, one for
              each parameter: of all components where they share theta, else of each
Requires      nothing of f but its value, y normal. Two looks in any dimension; biased by O(h^2), and each parameter has
              the noise of all others. h < sigma.                                    Spall (1992), section 2.
Not to be confused with finite_difference, one parameter after the other, or evolution strategies, whose D is normal.
"""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.kernels.rademacher import RADEMACHER, RADEMACHER_AGAIN
from bench.spec import Estimator, Family, Floats, Pilot, Points


@kernel
def place(noise, j, theta, phi, x):
    """x[0], x[1] <- y_j at theta + h D and theta - h D."""
    h, eps, signs = phi[0], noise[0, j], 0 if phi[1] else j
    by_mu, by_sigma = noise[1, signs], noise[2, signs]
    for i in range(eps.size):
        y, step = theta[0] + theta[1] * eps[i], h * (by_mu[i] + by_sigma[i] * eps[i])
        x[0, i] = y + step
        x[1, i] = y - step


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[p] += (f[0] - f[1]) D_p / 2 h, of shared parameters once; the first component writes."""
    scale = 0.5 / phi[0] if j == 0 or not phi[1] else 0.0
    for p in range(out.shape[0]):
        sign, total = noise[1 + p, j], out[p]
        for i in range(total.size):
            slope = scale * (f.value[0, i] - f.value[1, i]) * sign[i]
            total[i] = slope if first else total[i] + slope


def freeze(pilot: Pilot) -> Floats:
    """[1] Whether all components share theta."""
    return np.array([float(pilot.components == "tied")])


def rule(family: Family) -> Points | str:
    """The transport is written out."""
    if family.name != "normal":
        return f"it moves the mu and the sigma of a normal, and {family.name} is another family"
    channels = NORMAL, RADEMACHER, RADEMACHER_AGAIN
    return Points(combine, ("value",), place, channels, evaluations=2, at_once=True)


PLUGIN = Estimator(
    "spsa",
    rule,
    axes={"h": (0.1,)},
    domain={"h": (0.0, math.inf)},
    freeze=freeze,
    biased=True,
    label="SPSA",
    formula=r"\frac{f(T(\epsilon; \theta + h D)) - f(T(\epsilon; \theta - h D))}{2 h D},\quad D = \pm 1",
)
