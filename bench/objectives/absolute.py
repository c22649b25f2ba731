"""Absolute deviations, f(y) = sum_j |y_j - k| over `dimension` components: a kink at k.

Under the normal, d = (mu_j - k) / sigma_j: dE f/dmu_j = 2 Phi(d) - 1 and dE f/dsigma_j = 2 phi(d). Pathwise is unbiased
with the slope, a sign. The curvature is 0 but at the kink, which is all there is of it: what reads it is biased.
"""

import numpy as np
from scipy import special

from bench.kernels.jit import kernel
from bench.phi import components
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j |y_j - k|."""
    k = phi[0]
    out[:] = 0.0
    for j in range(y.shape[0]):
        row = y[j]
        for i in range(out.size):
            out[i] += abs(row[i] - k)


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- |y_j - k|."""
    k = phi[0]
    for j in range(y.shape[0]):
        row, term = y[j], out[j]
        for i in range(row.size):
            term[i] = abs(row[i] - k)


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- the sign of y_j - k, 0 at k."""
    k = phi[0]
    for j in range(y.shape[0]):
        row, target = y[j], out[j]
        for i in range(row.size):
            off = row[i] - k
            target[i] = 1.0 if off > 0.0 else -1.0 if off < 0.0 else off


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- 0."""
    out[:] = 0.0


def of_normal(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (2 Phi(d) - 1, 2 phi(d)), d = (mu_j - k) / sigma_j."""
    mu, sigma = theta.T
    d = (mu - phi[0]) / sigma
    return np.stack([special.erf(d / np.sqrt(2)), np.sqrt(2 / np.pi) * np.exp(-0.5 * d**2)], axis=-1)


def of_bernoulli(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 1] m (1 - m) (|1 - k| - |k|), m the mean."""
    m = special.expit(theta)
    return np.asarray(m * (1 - m) * (abs(1 - phi[0]) - abs(phi[0])))


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for."""
    return components("absolute", phi[1])


def breaks(phi: tuple[float, ...]) -> tuple[float, ...]:
    """k, where f kinks."""
    return (phi[0],)


PLUGIN = Objective(
    name="absolute",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": of_normal, "bernoulli": of_bernoulli},
    axes={"k": (0.0,), "dimension": (1.0,)},
    uses_data=False,
    breaks=breaks,
    misses=("curvature",),
    formula=r"\sum_j \vert y_j - k \vert",
)
