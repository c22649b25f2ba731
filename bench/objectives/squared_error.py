"""Sum of squared errors, f(y) = sum_i (y - x_i)^2, with one y for all data or one y_i for each datum.

shared     f(y) = sum_i (y - x_i)^2 = n ((y - xbar)^2 + s2)    direct in O(n), collapsed in O(1)
per_datum  f(y_1..y_n) = sum_i (y_i - x_i)^2, y_i independent  O(n): the noise itself has n components
Either way F(mu, sigma) = n ((mu - xbar)^2 + s2 + sigma^2), so dF/dmu = 2n (mu - xbar) and dF/dsigma = 2n sigma:
in sigma there is no stationary point but sigma = 0.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Floats, Form, Latent, Objective


@kernel
def direct_value(y, x, phi, out):
    """out[draws] <- sum_i (y - x_i)^2, datum by datum."""
    out[:] = 0.0
    for datum in x:
        for i in range(out.size):
            out[i] += (y[0, i] - datum) ** 2


@kernel
def direct_slope(y, x, phi, out):
    """out[0, draws] <- sum_i 2 (y - x_i), datum by datum."""
    slope = out[0]
    slope[:] = 0.0
    for datum in x:
        for i in range(slope.size):
            slope[i] += 2.0 * (y[0, i] - datum)


@kernel
def direct_curvature(y, x, phi, out):
    """out[0, draws] <- 2n."""
    out[0, :] = 2.0 * x.size


def summary(x: Floats) -> Floats:
    """(n, xbar, s2): all that f reads of the data when it is collapsed."""
    return np.array([x.size, x.mean(), x.var()])


@kernel
def collapsed_value(y, summary, phi, out):
    """out[draws] <- n ((y - xbar)^2 + s2)."""
    n, xbar, s2 = summary[0], summary[1], summary[2]
    y0 = y[0]
    for i in range(out.size):
        out[i] = n * ((y0[i] - xbar) ** 2 + s2)


@kernel
def collapsed_slope(y, summary, phi, out):
    """out[0, draws] <- 2n (y - xbar)."""
    n, xbar = summary[0], summary[1]
    y0, slope = y[0], out[0]
    for i in range(slope.size):
        slope[i] = 2.0 * n * (y0[i] - xbar)


@kernel
def collapsed_curvature(y, summary, phi, out):
    """out[0, draws] <- 2n."""
    out[0, :] = 2.0 * summary[0]


@kernel
def per_datum_value(y, x, phi, out):
    """out[draws] <- sum_j (y_j - x_j)^2."""
    out[:] = 0.0
    for j in range(x.size):
        row, datum = y[j], x[j]
        for i in range(out.size):
            out[i] += (row[i] - datum) ** 2


@kernel
def per_datum_terms(y, x, phi, out):
    """out[j, draws] <- (y_j - x_j)^2."""
    for j in range(x.size):
        row, term, datum = y[j], out[j], x[j]
        for i in range(row.size):
            term[i] = (row[i] - datum) ** 2


@kernel
def per_datum_slope(y, x, phi, out):
    """out[j, draws] <- 2 (y_j - x_j)."""
    for j in range(x.size):
        row, slope, datum = y[j], out[j], x[j]
        for i in range(row.size):
            slope[i] = 2.0 * (row[i] - datum)


@kernel
def per_datum_curvature(y, x, phi, out):
    """out[j, draws] <- 2."""
    out[:] = 2.0


def exact(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] of (2n (mu - xbar), 2n sigma) for one y, of (2 (mu_j - x_j), 2 sigma_j) for one for each datum."""
    n, centres = (x.size, np.array([x.mean()])) if len(theta) == 1 else (1, x)
    mu, sigma = theta.T
    return np.stack([2.0 * n * (mu - centres), 2.0 * n * sigma], axis=-1)


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """One y for all data, or one for each."""
    return n if latent == "per_datum" else 1


PLUGIN = Objective(
    name="squared_error",
    forms={
        "shared": {
            "collapsed": Form(summary, collapsed_value, None, collapsed_slope, collapsed_curvature),
            "direct": Form(np.asarray, direct_value, None, direct_slope, direct_curvature),
        },
        "per_datum": {
            "direct": Form(np.asarray, per_datum_value, per_datum_terms, per_datum_slope, per_datum_curvature)
        },
    },
    exact={"normal": exact},
    dimension=dimension,
    formula=r"\sum_i (y - x_i)^2",
)
