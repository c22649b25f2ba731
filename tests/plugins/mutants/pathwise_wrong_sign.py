"""A mutant: the pathwise gradient, with the wrong sign in sigma."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """The right combination, but for the planted factor."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += f.slope[0, i]
        out[1, i] += -1.0 * f.slope[0, i] * noise[0, j, i]


def rule(family):
    """Written for the normal."""
    return Points(combine, ("slope",)) if family.name == "normal" else "written for the normal"


PLUGIN = Estimator("pathwise_wrong_sign", rule)
