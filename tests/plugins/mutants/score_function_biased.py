"""A mutant: the score function, its gradient in mu 0.1 % too large."""

from dataclasses import replace

from bench.estimators import score_function
from bench.kernels.jit import kernel

right = score_function.combine


@kernel
def combine(noise, mu, sigma, phi, f, out):
    """The right combination, then the planted error."""
    right(noise, mu, sigma, phi, f, out)
    out[0] *= 1.001


PLUGIN = replace(score_function.PLUGIN, name="score_function_biased", combine=combine)
