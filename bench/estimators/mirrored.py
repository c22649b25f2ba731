"""Mirrored sampling (antithetic evolution strategies, symmetric parameter exploration): a draw and its mirror image.

Approximates  grad E f(y),  y = mu + sigma eps
With          (f(y(eps)) - f(y(-eps))) / 2 * eps_j / sigma_j  for mu_j, whose score is odd in eps, and
              (f(y(eps)) + f(y(-eps))) / 2 * (eps_j^2 - 1) / sigma_j  for sigma_j, whose score is even
Requires      nothing of f but its value, twice a draw, y normal.         Sehnke et al. (2010), section 3.3;
              Salimans et al. (2017), section 2.1.
Not to be confused with spsa, whose steps are no noise of y and which is biased. It is the score function with
antithetic draws, two of them counted as one: a constant cancels for mu, and stays for sigma.
"""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Family, Points


@kernel
def place(noise, j, theta, phi, x):
    """x[0], x[1] <- mu + sigma eps_j, mu - sigma eps_j."""
    mu, sigma, eps = theta[0], theta[1], noise[0, j]
    for i in range(eps.size):
        x[0, i] = mu + sigma * eps[i]
        x[1, i] = mu - sigma * eps[i]


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[0] += odd part of f times eps / sigma;  out[1] += even part times (eps^2 - 1) / sigma."""
    scale, eps, here, there, d_mu, d_sigma = 0.5 / theta[1], noise[0, j], f.value[0], f.value[1], out[0], out[1]
    if first:
        for i in range(eps.size):
            d_mu[i] = scale * (here[i] - there[i]) * eps[i]
            d_sigma[i] = scale * (here[i] + there[i]) * (eps[i] * eps[i] - 1.0)
    else:
        for i in range(eps.size):
            d_mu[i] += scale * (here[i] - there[i]) * eps[i]
            d_sigma[i] += scale * (here[i] + there[i]) * (eps[i] * eps[i] - 1.0)


def rule(family: Family) -> Points | str:
    """A mirror image of the noise has a score of the same size where y is normal."""
    if family.name != "normal":
        return f"the score of a normal is odd or even in its noise; that of {family.name} is neither"
    return Points(combine, ("value",), place, evaluations=2, at_once=True)


PLUGIN = Estimator(
    "mirrored",
    rule,
    label="mirrored sampling",
    formula=r"\frac{1}{2} \left(f(y^+) \frac{\partial\log\,p(y^+)}{\partial\theta} + f(y^-) "
    r"\frac{\partial\log\,p(y^-)}{\partial\theta}\right)",
)
