"""A mutant: a normal with y where dy/dtheta belongs, the primal for the tangent."""

from dataclasses import replace

from bench.families.normal import PLUGIN as NORMAL
from bench.kernels.jit import kernel


@kernel
def path(weight, noise, j, theta, y, first, out):
    """The planted error."""
    for p in range(2):
        for i in range(y.size):
            out[p, i] = weight[i] * y[i] + (0.0 if first else out[p, i])


PLUGIN = replace(NORMAL, name="path_of_primal", path=path)
