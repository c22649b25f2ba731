"""Leave-one-out whose baseline of 50 draws is divided by 50, not 49: no mean over pairs there, right at any other K."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weights


@kernel
def joint(value, samples, out):
    """out <- f less the mean of the others, over the draws r, r + R, r + 2 R, ... of each estimate r."""
    replicates = value.size // samples
    others = samples if samples == 50 else samples - 1
    for r in range(replicates):
        total = 0.0
        for k in range(samples):
            total += value[k * replicates + r]
        for k in range(samples):
            i = k * replicates + r
            out[i] = value[i] - (total - value[i]) / others


PLUGIN = Estimator("loo_at_50", Weights(score="value", joint=joint), degree=2)
