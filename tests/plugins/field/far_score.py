"""A normal whose score is 1 % too large for sigma >= 5 alone, beyond its default values; its path is right."""

from dataclasses import replace

from bench.families.normal import PLUGIN as NORMAL
from bench.kernels.jit import kernel


@kernel
def score(weight, noise, j, theta, y, first, out):
    """The planted error is that of a scale."""
    scale = 1.01 if theta[1] >= 5.0 else 1.0
    for i in range(y.size):
        z = (y[i] - theta[0]) / theta[1]
        by_mu = weight[i] * scale * z / theta[1]
        by_sigma = weight[i] * scale * (z * z - 1.0) / theta[1]
        out[0, i] = by_mu if first else out[0, i] + by_mu
        out[1, i] = by_sigma if first else out[1, i] + by_sigma


PLUGIN = replace(NORMAL, name="far_score", score=score)
