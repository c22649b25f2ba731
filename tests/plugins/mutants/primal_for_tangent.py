"""A mutant: the pathwise gradient with the value of f where its slope belongs, the primal for the tangent."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weight, Weights


@kernel
def weigh(noise, y, theta, phi, f, out):
    """out[0, draws] <- f, the planted error."""
    out[0] = f.value[0]


PLUGIN = Estimator("primal_for_tangent", Weights(path=Weight(weigh, ("value",))))
