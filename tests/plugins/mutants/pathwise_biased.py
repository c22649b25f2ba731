"""A mutant: the pathwise gradient, in sigma 0.1 % too large."""

from dataclasses import replace

from bench.estimators import pathwise
from bench.kernels.jit import kernel

right = pathwise.combine


@kernel
def combine(noise, mu, sigma, phi, f, out):
    """The right combination, then the planted error."""
    right(noise, mu, sigma, phi, f, out)
    out[1] *= 1.001


PLUGIN = replace(pathwise.PLUGIN, name="pathwise_biased", combine=combine)
