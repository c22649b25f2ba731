"""Central finite difference with common random numbers: f at theta + h and theta - h, at the same noise.

Approximates  grad E f(y),  y = mu + sigma eps
With          (f(y_j <- T(eps; theta_p + h)) - f(y_j <- T(eps; theta_p - h))) / 2 h,  one parameter after the other
Requires      nothing of f but its value, y normal. Biased by h^2 F''' / 6 + ..., with F the mean of f; h < sigma, for
              sigma - h < 0 draws what h - sigma does.     Glasserman (2003), section 7.1; L'Ecuyer, Perron (1994).
Not to be confused with spsa, which moves all parameters at once, or measure_valued, which is unbiased.
"""

import math

from bench.kernels.jit import kernel
from bench.spec import Estimator, Family, Points


@kernel
def place(noise, j, theta, phi, x):
    """x[0], x[1] <- y_j at mu + h, mu - h;  x[2], x[3] <- y_j at sigma + h, sigma - h."""
    mu, sigma, h, eps = theta[0], theta[1], phi[0], noise[0, j]
    for i in range(eps.size):
        y = mu + sigma * eps[i]
        x[0, i] = y + h
        x[1, i] = y - h
        x[2, i] = y + h * eps[i]
        x[3, i] = y - h * eps[i]


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[p] += (f[2 p] - f[2 p + 1]) / 2 h; the first component writes."""
    scale = 0.5 / phi[0]
    for p in range(out.shape[0]):
        up, down, total = f.value[2 * p], f.value[2 * p + 1], out[p]
        if first:
            for i in range(total.size):
                total[i] = scale * (up[i] - down[i])
        else:
            for i in range(total.size):
                total[i] += scale * (up[i] - down[i])


def rule(family: Family) -> Points | str:
    """The transport is written out."""
    if family.name != "normal":
        return f"it moves the mu and the sigma of a normal, and {family.name} is another family"
    return Points(combine, ("value",), place, evaluations=4)


PLUGIN = Estimator(
    "finite_difference",
    rule,
    axes={"h": (0.1,)},
    domain={"h": (0.0, math.inf)},
    biased=True,
    formula=r"\frac{f(T(\epsilon; \theta + h)) - f(T(\epsilon; \theta - h))}{2 h}",
)
