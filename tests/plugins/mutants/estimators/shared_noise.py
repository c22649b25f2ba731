"""A mutant: the pathwise gradient whose components all read the noise of the first."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def place(noise, j, theta, phi, x):
    """The planted error: noise[0, 0] for every component."""
    for i in range(x.shape[1]):
        x[0, i] = theta[0] + theta[1] * noise[0, 0, i]


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """The right combination, of the same noise."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += f.slope[0, i]
        out[1, i] += f.slope[0, i] * noise[0, 0, i]


def rule(family):
    """Written for the normal."""
    return Points(combine, ("slope",), place) if family.name == "normal" else "written for the normal"


PLUGIN = Estimator("shared_noise", rule)
