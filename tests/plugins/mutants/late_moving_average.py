"""A mutant: a moving average of f as baseline that is updated with the draw which it then serves."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weights


@kernel
def joint(value, samples, out):
    """The planted error: the update comes before the use."""
    replicates = value.size // samples
    for r in range(replicates):
        average = 0.0
        for k in range(samples):
            f = value[k * replicates + r]
            average += 0.1 * (f - average)
            out[k * replicates + r] = f - average


PLUGIN = Estimator("late_moving_average", Weights(score="value", joint=joint))
