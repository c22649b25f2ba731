"""Eight schools, centred: effects of coaching with a spread of their own, a posterior that has a funnel.

y_j ~ N(theta_j, s_j^2), theta_j ~ N(mu, tau^2), mu ~ N(0, 5^2), tau ~ half-Cauchy(0, 5), on log tau with its Jacobian:
components theta_1..theta_8, mu, log tau. Where tau is small all theta_j lie close to mu, which a q without correlations
cannot follow. Rubin (1981), Journal of Educational Statistics 6(4), table 1 has the data; Gelman et al. (2013), section
5.5; the priors are those of eight_schools_centered in posteriordb (Magnusson et al. 2024).
"""

import math

import numpy as np

from bench.kernels.elementary import exp
from bench.kernels.jit import kernel
from bench.kernels.logistic import logistic, softplus
from bench.spec import Floats, Form, Latent, Objective
from bench.statistics.logistic import means

SCHOOLS = 8
EFFECTS = np.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
ERRORS = np.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])
PRIOR = 5.0  # the scale of mu's normal and of tau's half-Cauchy
# of all 18 densities
CONSTANT = float(
    np.log(ERRORS).sum() + 17 * math.log(2 * math.pi) / 2 + math.log(PRIOR) + math.log(PRIOR * math.pi / 2)
)
OFF = -2 * math.log(PRIOR)  # log(1 + tau^2 / 25) = softplus(2 log tau + OFF)


@kernel
def value(y, data, phi, out):
    """out[draws] <- f."""
    for i in range(out.size):
        mu, t = y[SCHOOLS, i], y[SCHOOLS + 1, i]
        precision = exp(-2.0 * t)
        total = CONSTANT + mu * mu / (2.0 * PRIOR**2) + (SCHOOLS - 1) * t + softplus(2.0 * t + OFF)
        for j in range(SCHOOLS):
            theta = y[j, i]
            total += 0.5 * ((EFFECTS[j] - theta) / ERRORS[j]) ** 2 + 0.5 * precision * (theta - mu) ** 2
        out[i] = total


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- df/dy_j."""
    for i in range(y.shape[1]):
        mu, t = y[SCHOOLS, i], y[SCHOOLS + 1, i]
        precision = exp(-2.0 * t)
        by_mu, by_t = mu / PRIOR**2, SCHOOLS - 1 + 2.0 * logistic(2.0 * t + OFF)
        for j in range(SCHOOLS):
            off = precision * (y[j, i] - mu)
            out[j, i] = (y[j, i] - EFFECTS[j]) / ERRORS[j] ** 2 + off
            by_mu -= off
            by_t -= off * (y[j, i] - mu)
        out[SCHOOLS, i], out[SCHOOLS + 1, i] = by_mu, by_t


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- d2f/dy_j2."""
    for i in range(y.shape[1]):
        mu, t = y[SCHOOLS, i], y[SCHOOLS + 1, i]
        precision, a = exp(-2.0 * t), 2.0 * t + OFF
        by_t = 4.0 * logistic(a) * logistic(-a)
        for j in range(SCHOOLS):
            out[j, i] = 1.0 / ERRORS[j] ** 2 + precision
            by_t += 2.0 * precision * (y[j, i] - mu) ** 2
        out[SCHOOLS, i], out[SCHOOLS + 1, i] = 1.0 / PRIOR**2 + SCHOOLS * precision, by_t


def of_spread(t: float, s: float) -> tuple[float, float]:
    """(by t, by s) of E [log(1 + tau^2 / 25) - log tau] for log tau ~ N(t, s^2)."""
    first, second = means(np.array([2 * t + OFF]), np.array([2 * s]))
    return 2 * float(first[0]) - 1, 4 * s * float(second[0])


def exact(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[10, 2], with E tau^-2 of a lognormal tau."""
    (mean, sigma), (m, s), (t, r) = theta[:SCHOOLS].T, theta[SCHOOLS], theta[SCHOOLS + 1]
    precision, (by_t, by_r) = np.exp(-2 * t + 2 * r * r), of_spread(t, r)
    squares = np.sum((mean - m) ** 2 + sigma**2 + s**2)
    of_schools = np.stack(
        [(mean - EFFECTS) / ERRORS**2 + (mean - m) * precision, sigma * (1 / ERRORS**2 + precision)], axis=-1
    )
    of_mu = m / PRIOR**2 - np.sum(mean - m) * precision, s * (1 / PRIOR**2 + SCHOOLS * precision)
    of_tau = by_t + SCHOOLS - squares * precision, by_r + 2 * r * squares * precision
    return np.vstack([of_schools, of_mu, of_tau])


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """The schools, mu and log tau."""
    return SCHOOLS + 2


PLUGIN = Objective(
    name="eight_schools",
    forms={"shared": {"direct": Form(np.asarray, value, None, slope, curvature)}},
    dimension=dimension,
    exact={"normal": exact},
    uses_data=False,
    target=True,
    formula=r"-\sum_j \left[\log\,\mathcal{N}(x_j; \theta_j, s_j^2) + \log\,\mathcal{N}(\theta_j; \mu, "
    r"\tau^2)\right] - \log\,p(\mu, \log\tau)",
)
