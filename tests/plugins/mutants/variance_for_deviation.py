"""A mutant: the pathwise gradient at y = mu + sigma^2 eps, the variance taken for the standard deviation."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def place(noise, j, theta, phi, x):
    """x[0, draws] <- mu + sigma^2 eps, the planted error."""
    for i in range(x.shape[1]):
        x[0, i] = theta[0] + theta[1] ** 2 * noise[0, j, i]


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """The right combination, of slopes elsewhere."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += f.slope[0, i]
        out[1, i] += f.slope[0, i] * noise[0, j, i]


def rule(family):
    """Written for the normal."""
    return Points(combine, ("slope",), place) if family.name == "normal" else "written for the normal"


PLUGIN = Estimator("variance_for_deviation", rule)
