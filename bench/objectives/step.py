"""Steps, f(y) = sum_j 1[y_j > k] over `dimension` components: the chance of y_j > k, or the payoff of a digital option.

Under the normal, d = (mu_j - k) / sigma_j: dE f/dmu_j = phi(d) / sigma_j and dE f/dsigma_j = -d phi(d) / sigma_j. The
slope is 0 but for the jump, which is all there is of it: pathwise gives 0, whatever theta. That is its bias, and its
rows show it. Glasserman (2004), Monte Carlo methods in financial engineering, section 7.2.2.
"""

import numpy as np
from scipy import special

from bench.kernels.jit import kernel
from bench.phi import components
from bench.spec import Floats, Form, Latent, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j 1[y_j > k]."""
    k = phi[0]
    out[:] = 0.0
    for j in range(y.shape[0]):
        row = y[j]
        for i in range(out.size):
            out[i] += 1.0 if row[i] > k else 0.0 if row[i] <= k else np.nan


@kernel
def terms(y, data, phi, out):
    """out[j, draws] <- 1[y_j > k]."""
    k = phi[0]
    for j in range(y.shape[0]):
        row, term = y[j], out[j]
        for i in range(row.size):
            term[i] = 1.0 if row[i] > k else 0.0 if row[i] <= k else np.nan


@kernel
def slope(y, data, phi, out):
    """out[j, draws] <- 0."""
    out[:] = 0.0


@kernel
def curvature(y, data, phi, out):
    """out[j, draws] <- 0."""
    out[:] = 0.0


def of_normal(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] (phi(d), -d phi(d)) / sigma_j, d = (mu_j - k) / sigma_j."""
    mu, sigma = theta.T
    d = (mu - phi[0]) / sigma
    density = np.exp(-0.5 * d**2) / (np.sqrt(2 * np.pi) * sigma)
    return np.stack([density, -d * density], axis=-1)


def of_bernoulli(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 1] m (1 - m) where 0 <= k < 1, else 0, m the mean."""
    m = special.expit(theta)
    return np.asarray(m * (1 - m) * float(0 <= phi[0] < 1))


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for."""
    return components("step", phi[1])


def breaks(phi: tuple[float, ...]) -> tuple[float, ...]:
    """k, where f jumps."""
    return (phi[0],)


PLUGIN = Objective(
    name="step",
    forms={"shared": {"direct": Form(np.asarray, value, terms, slope, curvature)}},
    dimension=dimension,
    exact={"normal": of_normal, "bernoulli": of_bernoulli},
    axes={"k": (0.0,), "dimension": (1.0,)},
    uses_data=False,
    breaks=breaks,
    misses=("slope", "curvature"),
    formula=r"\sum_j \mathbf{1}[y_j > k]",
)
