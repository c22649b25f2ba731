"""Eight schools, non-centred: the posterior of `eight_schools` in coordinates where it has no funnel.

y_j ~ N(mu + tau eta_j, s_j^2), eta_j ~ N(0, 1), mu ~ N(0, 5^2), tau ~ half-Cauchy(0, 5), on log tau with its Jacobian:
components eta_1..eta_8, mu, log tau. Data and priors are those of `eight_schools`; eight_schools_noncentered in
posteriordb. Papaspiliopoulos, Roberts & Skold (2007), Statistical Science 22(1).
"""

import math

import numpy as np

from bench.kernels.elementary import exp
from bench.kernels.jit import kernel
from bench.kernels.logistic import logistic, softplus
from bench.objectives.eight_schools import (
    CONSTANT,
    EFFECTS,
    ERRORS,
    OFF,
    PRIOR,
    SCHOOLS,
    dimension,
    of_spread,
)
from bench.spec import Floats, Form, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- f."""
    for i in range(out.size):
        mu, t = y[SCHOOLS, i], y[SCHOOLS + 1, i]
        tau = exp(t)
        total = CONSTANT + mu * mu / (2.0 * PRIOR**2) - t + softplus(2.0 * t + OFF)
        for j in range(SCHOOLS):
            total += 0.5 * ((EFFECTS[j] - mu - tau * y[j, i]) / ERRORS[j]) ** 2 + 0.5 * y[j, i] ** 2
        out[i] = total


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- df/dy_j."""
    for i in range(y.shape[1]):
        mu, t = y[SCHOOLS, i], y[SCHOOLS + 1, i]
        tau = exp(t)
        by_mu, by_t = mu / PRIOR**2, 2.0 * logistic(2.0 * t + OFF) - 1.0
        for j in range(SCHOOLS):
            off = (mu + tau * y[j, i] - EFFECTS[j]) / ERRORS[j] ** 2
            out[j, i] = tau * off + y[j, i]
            by_mu += off
            by_t += off * tau * y[j, i]
        out[SCHOOLS, i], out[SCHOOLS + 1, i] = by_mu, by_t


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- d2f/dy_j2."""
    for i in range(y.shape[1]):
        mu, t = y[SCHOOLS, i], y[SCHOOLS + 1, i]
        tau, a = exp(t), 2.0 * t + OFF
        by_mu, by_t = 1.0 / PRIOR**2, 4.0 * logistic(a) * logistic(-a)
        for j in range(SCHOOLS):
            weight, effect = 1.0 / ERRORS[j] ** 2, tau * y[j, i]
            out[j, i] = weight * tau * tau + 1.0
            by_mu += weight
            by_t += weight * effect * (mu + 2.0 * effect - EFFECTS[j])
        out[SCHOOLS, i], out[SCHOOLS + 1, i] = by_mu, by_t


def exact(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[10, 2], with E tau and E tau^2 of a lognormal tau."""
    (mean, sigma), (m, s), (t, r) = theta[:SCHOOLS].T, theta[SCHOOLS], theta[SCHOOLS + 1]
    first, second = math.exp(t + r * r / 2), math.exp(2 * t + 2 * r * r)
    (by_t, by_r), weight, off = of_spread(t, r), 1 / ERRORS**2, m - EFFECTS
    once, twice = weight @ (off * mean) * first, weight @ (mean**2 + sigma**2) * second
    of_schools = np.stack([weight * (off * first + mean * second) + mean, sigma * (weight * second + 1)], axis=-1)
    of_mu = m / PRIOR**2 + weight @ (off + mean * first), s * (1 / PRIOR**2 + weight.sum())
    return np.vstack([of_schools, of_mu, (by_t + once + twice, by_r + r * (once + 2 * twice))])


PLUGIN = Objective(
    name="eight_schools_noncentred",
    forms={"shared": {"direct": Form(np.asarray, value, None, slope, curvature)}},
    dimension=dimension,
    exact={"normal": exact},
    uses_data=False,
    target=True,
    label="eight schools, non-centred",
    formula=r"-\sum_j \left[\log\,\mathcal{N}(x_j; \mu + \tau\eta_j, s_j^2) + \log\,\mathcal{N}(\eta_j; 0, "
    r"1)\right] - \log\,p(\mu, \log\tau)",
)
