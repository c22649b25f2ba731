"""Score function with a pilot baseline: the first half of an estimate's draws gives b, the second half the gradient.

Unbiased, but no U-statistic, although it says degree=2: K draws are not the mean over their pairs. For mu, its ratio to
pathwise is 21.398 at mu = 1, sigma = 0.5, five normal data, one y for all of them and K = 10.
"""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weights


@kernel
def joint(value, samples, out):
    """K / (K - h) (f - b) for the draws from h = K // 2 on, b the mean over those before; these weigh nothing."""
    replicates, pilot = value.size // samples, samples // 2
    for r in range(replicates):
        b = 0.0
        for k in range(pilot):
            b += value[k * replicates + r] / pilot
            out[k * replicates + r] = 0.0
        for k in range(pilot, samples):
            out[k * replicates + r] = (value[k * replicates + r] - b) * samples / (samples - pilot)


PLUGIN = Estimator("sf_pilot", Weights(score="value", joint=joint), degree=2)
