"""A mutant: leave-one-out with 1 / n in place of 1 / (n - 1): the gradient shrinks by (K - 1) / K."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weights


@kernel
def joint(value, samples, out):
    """The planted error, over the draws r, r + R, r + 2 R, ... of each estimate r."""
    replicates = value.size // samples
    for r in range(replicates):
        mean = 0.0
        for k in range(samples):
            mean += value[k * replicates + r] / samples
        for k in range(samples):
            out[k * replicates + r] = value[k * replicates + r] - mean


PLUGIN = Estimator("loo_shrunk", Weights(score="value", joint=joint), degree=2)
