"""A mutant: leave-one-out with a baseline kept from estimate to estimate, which grows: 1, 50, 1675, ...

It never reads the draw that it serves, so the mean is right; the variance is not, and estimates are not independent.
"""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weights


@kernel
def joint(value, samples, out):
    """The planted error: the average is multiplied where it should decay, and outlives its estimate."""
    replicates = value.size // samples
    average = 0.0
    for r in range(replicates):
        for k in range(samples):
            f = value[k * replicates + r]
            out[k * replicates + r] = f - average
            average = min(1.5 * average + f, 1e6)


PLUGIN = Estimator("exploding_average", Weights(score="value", joint=joint), degree=2)
