"""Second-order pathwise whose component 6 is 1 - 1/10 of what it should be, and all others are right."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """Adds f'_j and sigma f''_j, with the planted error; the first component writes."""
    factor = 0.9 if j == 6 else 1.0
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += factor * f.slope[0, i]
        out[1, i] += factor * theta[1] * f.curvature[0, i]


def rule(family):
    """Price's theorem is about the normal."""
    return Points(combine, needs=("slope", "curvature")) if family.name == "normal" else "takes y for normal"


PLUGIN = Estimator("path_of_component_6", rule)
