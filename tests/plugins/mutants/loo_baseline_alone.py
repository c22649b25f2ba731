"""A mutant: leave-one-out that weighs by the baseline, not by the advantage: its expectation is 0."""

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
            out[k * replicates + r] = (samples * mean - value[k * replicates + r]) / (samples - 1)


PLUGIN = Estimator("loo_baseline_alone", Weights(score="value", joint=joint), degree=2)
