"""Leave-one-out score function (RLOO): each draw's baseline is the mean of f over the other draws of its estimate.

Approximates  grad E f(y)
With          1 / (K - 1) * sum_k (f_k - mean f) * score_k, a U-statistic of degree 2
Requires      at least two draws an estimate.            Kool et al. (2019), section 3.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, theta, phi, f, out):
    """out <- (f, sum_j eps_j / sigma, sum_j (eps_j^2 - 1) / sigma), a draw."""
    out[0] = f.value[0]
    out[1:] = 0.0
    for j in range(noise.shape[1]):
        eps = noise[0, j]
        for i in range(eps.size):
            out[1, i] += eps[i] / theta[1]
            out[2, i] += (eps[i] * eps[i] - 1.0) / theta[1]


@kernel
def estimate(numbers, samples, out):
    """out[p, r] <- sample covariance of f and score p over the draws r, r + R, r + 2R, ..."""
    replicates = out.shape[1]
    baseline = np.zeros(replicates)
    for k in range(samples):
        for r in range(replicates):
            baseline[r] += numbers[0, k * replicates + r] / samples
    out[:] = 0.0
    for k in range(samples):
        for r in range(replicates):
            i = k * replicates + r
            advantage = (numbers[0, i] - baseline[r]) / (samples - 1)
            out[0, r] += advantage * numbers[1, i]
            out[1, r] += advantage * numbers[2, i]


PLUGIN = Estimator(
    name="leave_one_out",
    rule=Points(combine, needs=("value",), structure="product", width=3),
    estimate=estimate,
    degree=2,
)
