"""A mutant: the pathwise gradient, with the wrong sign in sigma."""

from dataclasses import replace

from bench.estimators import pathwise
from bench.kernels.jit import kernel

right = pathwise.combine


@kernel
def combine(noise, mu, sigma, phi, f, out):
    """The right combination, then the planted error."""
    right(noise, mu, sigma, phi, f, out)
    out[1] *= -1.0


PLUGIN = replace(pathwise.PLUGIN, name="pathwise_wrong_sign", combine=combine)
