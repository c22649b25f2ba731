"""Pathwise gradient of a random subset: every datum is kept with probability `keep`, its term divided by it.

Approximates  grad E sum_j f_j(y_j)
With          kept_j / keep * f'_j(y_j) * dy_j/d theta,  kept_j = 1 with probability keep, else 0
Requires      f separable and differentiable, y normal. The coin is made of a uniform, so its chance is a break.
"""

from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.spec import Estimator, Points


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """Adds kept / keep * f'_j * (1, eps_j); the first component writes."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        if noise[1, j, i] < phi[0]:
            weight = f.slope[0, i] / phi[0]
            out[0, i] += weight
            out[1, i] += weight * noise[0, j, i]


def rule(family):
    """dy/d theta of a normal is written out."""
    if family.name != "normal":
        return "takes y for normal"
    return Points(combine, ("slope",), channels=(NORMAL, UNIFORM), breaks=lambda theta, phi: {"uniform": (phi[0],)})


def skip(cell):
    """With one y for all data there is no term to drop."""
    return None if cell.latent == "per_datum" else "needs latent=per_datum"


PLUGIN = Estimator("minibatch", rule, axes={"keep": (0.1, 0.5)}, skip=skip)
