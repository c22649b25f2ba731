"""Second-order estimator: for sigma, Price's identity in place of the reparameterisation.

Approximates  grad E f(y),  y = mu + sigma * eps
With          E[ sum_j f'_j ]  for mu,   E[ sigma * sum_j f''_jj ]  for sigma
Requires      f twice differentiable, y normal.            Price (1958); Rezende et al. (2014), section 3.
"""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """out[0] += f'_j;  out[1] += sigma * f''_jj, a draw; the first component writes."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += f.slope[0, i]
        out[1, i] += theta[1] * f.curvature[0, i]


def rule(family):
    """Price's identity is the normal's."""
    return Points(combine, ("slope", "curvature")) if family.name == "normal" else "Price's identity needs a normal y"


PLUGIN = Estimator("second_order", rule)
