"""A mutant: the pathwise gradient, with the wrong sign in sigma."""

from bench.families.normal import path
from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, theta, phi, f, out):
    """The right combination, then the planted error."""
    for j in range(noise.shape[1]):
        weight = f.slope[0, j]
        path(weight, noise, j, theta, weight, j == 0, out)
    out[1] *= -1.0


PLUGIN = Estimator("pathwise_wrong_sign", Points(combine, needs=("slope",), structure="sum"))
