"""Group-normalised score function: a_k = (f_k - mean f) / std f over the draws of an estimate, times the score.

Approximates a direction, not the gradient: the mean over k of a_k d log p(y_k)/d theta, so it is biased.
Shao et al. (2024), "DeepSeekMath", section 4.1: the advantage of group relative policy optimisation.
"""

import math

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weights


@kernel
def normalise(value, samples, out):
    """out[samples * replicates] <- (f - mean f) / (std f + 1e-6), ddof 1, among the draws of each estimate."""
    replicates = value.size // samples
    for r in range(replicates):
        mean = square = 0.0
        for k in range(samples):
            mean += value[k * replicates + r] / samples
        for k in range(samples):
            square += (value[k * replicates + r] - mean) ** 2 / (samples - 1)
        for k in range(samples):
            out[k * replicates + r] = (value[k * replicates + r] - mean) / (math.sqrt(square) + 1e-6)


PLUGIN = Estimator(name="group_normalised", rule=Weights(score="value", joint=normalise), degree=2, biased=True)
