"""A mutant: a normal with components that all read the noise of the first."""

from dataclasses import replace

from bench.families.normal import PLUGIN as NORMAL
from bench.kernels.jit import kernel


@kernel
def transport(noise, j, theta, y):
    """The planted error."""
    for i in range(y.size):
        y[i] = theta[0] + theta[1] * noise[0, 0, i]


PLUGIN = replace(NORMAL, name="first_noise", transport=transport)
