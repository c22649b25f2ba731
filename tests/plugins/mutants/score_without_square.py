"""A mutant: the score function whose score lacks 1 / sigma^2: (y - mu) for mu, (y - mu)^2 / sigma - sigma for sigma."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """f times the score, but for the planted factor sigma^2."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        eps = noise[0, j, i]
        out[0, i] += f.value[0, i] * theta[1] * eps
        out[1, i] += f.value[0, i] * theta[1] * (eps * eps - 1.0)


def rule(family):
    """Written for the normal."""
    return Points(combine, ("value",)) if family.name == "normal" else "written for the normal"


PLUGIN = Estimator("score_without_square", rule)
