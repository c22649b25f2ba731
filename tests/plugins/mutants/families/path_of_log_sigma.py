"""A mutant: a normal with a path by log sigma, passed for that by sigma."""

from dataclasses import replace

from bench.families.normal import PLUGIN as NORMAL
from bench.kernels.jit import kernel


@kernel
def path(weight, noise, j, theta, y, first, out):
    """The planted error."""
    for i in range(y.size):
        for p, s in enumerate((1.0, theta[1] * noise[0, j, i])):
            out[p, i] = weight[i] * s + (0.0 if first else out[p, i])


PLUGIN = replace(NORMAL, name="path_of_log_sigma", path=path)
