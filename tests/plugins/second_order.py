"""Second-order estimator: for sigma, Price's identity in place of the reparameterisation.

Approximates  grad E f(y),  y = mu + sigma * eps
With          E[ sum_j f'_j ]  for mu,   E[ sigma * sum_j f''_jj ]  for sigma
Requires      f twice differentiable.            Price (1958); Rezende et al. (2014), section 3.
"""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, theta, phi, f, out):
    """out[0] <- sum_j f'_j;  out[1] <- sigma * sum_j f''_jj, a draw."""
    out[:] = 0.0
    for j in range(noise.shape[1]):
        for i in range(noise.shape[2]):
            out[0, i] += f.slope[0, j, i]
            out[1, i] += theta[1] * f.curvature[0, j, i]


PLUGIN = Estimator("second_order", Points(combine, needs=("slope", "curvature"), structure="sum"))
