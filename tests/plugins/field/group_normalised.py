"""Group-normalised score function: (f_k - mean f) / std f over the draws of an estimate, times the score.

Biased on purpose. At mu = sigma = 1, five normal data and K = 4 its mean is 0.5727 (mu) and 0.3644 (sigma) where the
gradients are 9.5934 and 10; its variance is 0.1122 and 0.5411.
"""

import math

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weights


@kernel
def joint(value, samples, out):
    """(f_k - m) / s, m the mean and s^2 the variance over the draws of the estimate."""
    replicates = value.size // samples
    for r in range(replicates):
        m = 0.0
        for k in range(samples):
            m += value[k * replicates + r] / samples
        v = 0.0
        for k in range(samples):
            v += (value[k * replicates + r] - m) ** 2 / (samples - 1)
        for k in range(samples):
            out[k * replicates + r] = (value[k * replicates + r] - m) / (math.sqrt(v) + 1e-6)


def skip(cell):
    """One draw has no standard deviation."""
    return "needs samples >= 2" if cell.samples < 2 else None


PLUGIN = Estimator("group_normalised", Weights(score="value", joint=joint), skip=skip)
