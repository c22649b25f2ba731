"""A mutant: the mean of f over the same draws as baseline: the gradient shrinks by (K - 1) / K, to 0 for one draw."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weights


@kernel
def joint(value, samples, out):
    """The planted error: f minus the mean over all draws of the estimate, itself among them."""
    replicates = value.size // samples
    for r in range(replicates):
        mean = 0.0
        for k in range(samples):
            mean += value[k * replicates + r] / samples
        for k in range(samples):
            out[k * replicates + r] = value[k * replicates + r] - mean


PLUGIN = Estimator("in_sample_baseline", Weights(score="value", joint=joint))
