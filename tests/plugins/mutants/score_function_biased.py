"""A mutant: the score function, its gradient in mu 0.1 % too large."""

from bench.families.normal import score
from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, theta, phi, f, out):
    """The right combination, then the planted error."""
    for j in range(noise.shape[1]):
        weight = f.value[0]
        score(weight, noise, j, theta, weight, j == 0, out)
    out[0] *= 1.001


PLUGIN = Estimator("score_function_biased", Points(combine, needs=("value",), structure="product"))
