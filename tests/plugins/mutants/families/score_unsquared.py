"""A mutant: a normal with a score that lacks 1 / sigma^2."""

from dataclasses import replace

from bench.families.normal import PLUGIN as NORMAL
from bench.kernels.jit import kernel


@kernel
def score(weight, noise, j, theta, y, first, out):
    """The planted error."""
    for i in range(y.size):
        eps = noise[0, j, i]
        for p, s in enumerate((theta[1] * eps, theta[1] * (eps * eps - 1.0))):
            out[p, i] = weight[i] * s + (0.0 if first else out[p, i])


PLUGIN = replace(NORMAL, name="score_unsquared", score=score)
