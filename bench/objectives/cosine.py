"""Cosines, f(y) = sum_j cos(k y_j) over `dimension` components: the shorter the wave, the worse for pathwise.

Under the normal E f_j = exp(-k^2 sigma_j^2 / 2) cos(k mu_j), of a gamma y Re (1 - i k / rate)^-alpha.
Mohamed et al. (2020), section 3.1 and figure 3.
"""

import numpy as np
from scipy import special

from bench.kernels.jit import kernel
from bench.kernels.trigonometric import cosines, sines
from bench.phi import components
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j cos(k y_j)."""
    term = np.empty(out.size)
    out[:] = 0.0
    for j in range(y.shape[0]):
        cosines(phi[0], y[j], term)
        for i in range(out.size):
            out[i] += term[i]


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- cos(k y_j)."""
    for j in range(y.shape[0]):
        cosines(phi[0], y[j], out[j])


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- -k sin(k y_j)."""
    k = phi[0]
    for j in range(y.shape[0]):
        target = out[j]
        sines(k, y[j], target)
        for i in range(target.size):
            target[i] *= -k


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- -k^2 cos(k y_j)."""
    k = phi[0]
    for j in range(y.shape[0]):
        target = out[j]
        cosines(k, y[j], target)
        for i in range(target.size):
            target[i] *= -(k * k)


def of_normal(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (-k sin(k mu_j), -k^2 sigma_j cos(k mu_j)) exp(-k^2 sigma_j^2 / 2)."""
    (mu, sigma), k = theta.T, phi[0]
    damping = np.exp(-((k * sigma) ** 2) / 2)
    by_theta = np.stack([-k * np.sin(k * mu), -(k**2) * sigma * np.cos(k * mu)], axis=-1)
    return np.asarray(by_theta * damping[:, np.newaxis])


def of_gamma(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] the real parts of the derivatives of q^-alpha, q = 1 - i k / rate."""
    (alpha, rate), k = theta.T, phi[0]
    q = 1 - 1j * k / rate
    by_theta = [-np.log(q) * q**-alpha, -1j * k * alpha / rate**2 * q ** (-alpha - 1)]
    return np.asarray(np.stack(by_theta, axis=-1).real)


def of_bernoulli(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 1] m (1 - m) (cos(k) - 1), m the mean."""
    m = special.expit(theta)
    return np.asarray(m * (1 - m) * (np.cos(phi[0]) - 1))


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for."""
    return components("cosine", phi[1])


PLUGIN = Objective(
    name="cosine",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": of_normal, "gamma": of_gamma, "bernoulli": of_bernoulli},
    axes={"k": (1.0,), "dimension": (1.0,)},
    uses_data=False,
    formula=r"\sum_j \cos(k y_j)",
)
