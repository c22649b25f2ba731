"""Pathwise times 1.01 where its own parameter h is above 0.3: right at h = 0.1, its default."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weight, Weights


@kernel
def weigh(noise, y, theta, phi, f, out):
    """df/dy_j, and the planted error."""
    factor = 1.01 if phi[0] > 0.3 else 1.0
    for j in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[j, i] = factor * f.slope[0, j, i]


PLUGIN = Estimator("scaled_at_phi", Weights(path=Weight(weigh, ("slope",), per="component")), axes={"h": (0.1,)})
