"""Sum of powers, f(y) = sum_j y_j^p over `dimension` components, p a whole number from 0 (f = d, a constant) to 100.

Under the normal dE f/dmu_j = p m_(p-1) and dE f/dsigma_j = sigma_j p (p - 1) m_(p-2), with m_n = E y_j^n from the
recursion m_n = mu_j m_(n-1) + (n - 1) sigma_j^2 m_(n-2). Mohamed et al. (2020), figure 5, for p = 4 and mu = 10.
"""

import numpy as np
from scipy import special

from bench.kernels.elementary import inlined
from bench.kernels.jit import kernel
from bench.phi import components, whole
from bench.spec import Floats, Form, Latent, Objective

MOST = 100  # p


@inlined
def powers(x, p, scale, out):
    """out[draws] <- scale x^p, by p multiplications; 0 where the scale is."""
    out[:] = scale
    if scale != 0.0:
        for _ in range(p):
            for i in range(out.size):
                out[i] *= x[i]


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j y_j^p."""
    term = np.empty(out.size)
    out[:] = 0.0
    for j in range(y.shape[0]):
        powers(y[j], int(phi[0]), 1.0, term)
        for i in range(out.size):
            out[i] += term[i]


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- y_j^p."""
    for j in range(y.shape[0]):
        powers(y[j], int(phi[0]), 1.0, out[j])


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- p y_j^(p - 1)."""
    for j in range(y.shape[0]):
        powers(y[j], int(phi[0]) - 1, phi[0], out[j])


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- p (p - 1) y_j^(p - 2)."""
    for j in range(y.shape[0]):
        powers(y[j], int(phi[0]) - 2, phi[0] * (phi[0] - 1.0), out[j])


def of_normal(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (p m_(p-1), sigma_j p (p - 1) m_(p-2))."""
    (mu, sigma), p = theta.T, int(phi[0])
    moments = [np.zeros_like(mu), np.ones_like(mu)]  # m_-1, whose factor is 0, and m_0
    for n in range(1, p):
        moments.append(mu * moments[-1] + (n - 1) * sigma**2 * moments[-2])
    below, last = moments[-2:] if p else (moments[0], moments[0])
    return np.stack([p * last, sigma * p * (p - 1) * below], axis=-1)


def of_gamma(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (psi(alpha + p) - psi(alpha), -p / rate) E y_j^p."""
    (alpha, rate), p = theta.T, phi[0]
    mean = special.poch(alpha, p) / rate**p
    by_alpha = (special.digamma(alpha + p) - special.digamma(alpha)) * mean
    return np.stack([by_alpha, -p / rate * mean], axis=-1)


def of_bernoulli(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 1] m (1 - m) for p > 0, else 0, m the mean."""
    m = special.expit(theta)
    return np.asarray(m * (1 - m) * float(phi[0] > 0))


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for; BadInput where a parameter is not allowed."""
    whole("sum_of_powers.p", phi[0], 0, MOST)
    return components("sum_of_powers", phi[1])


PLUGIN = Objective(
    name="sum_of_powers",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": of_normal, "gamma": of_gamma, "bernoulli": of_bernoulli},
    axes={"p": (4.0,), "dimension": (1.0,)},
    uses_data=False,
    formula=r"\sum_j y_j^p",
)
