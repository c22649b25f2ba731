"""A mutant: a normal with y = mu + sigma^2 eps: the exponential of a log variance taken for the standard deviation."""

from dataclasses import replace

from bench.families.normal import PLUGIN as NORMAL
from bench.kernels.jit import kernel


@kernel
def transport(noise, j, theta, y):
    """The planted error."""
    for i in range(y.size):
        y[i] = theta[0] + theta[1] ** 2 * noise[0, j, i]


PLUGIN = replace(NORMAL, name="normal_by_variance", transport=transport)
