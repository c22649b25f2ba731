"""The Taylor expansion of f about the mean m of y, frozen as numbers behind phi, and the gradient of its mean.

h(y) = f(m) + sum_j (a_j u_j + q_j u_j^2 / 2),  u = y - m, a the slope and q the curvature of f at m. The numbers are
f(m), then for each component m, a, q and the coefficients beta[k] that h is taken off with.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Floats, Pilot

BEFORE = 3  # numbers of a component before its coefficients


def expansion(pilot: Pilot) -> tuple[float, Floats]:
    """f(m), and [d, 3] m, a and q."""
    m = pilot.means
    f = pilot.evaluate(m[:, np.newaxis], ["value", "slope", "curvature"])
    return float(f.value[0, 0]), np.stack([m, f.slope[0, :, 0], f.curvature[0, :, 0]], axis=1)


def frozen(value: float, parts: Floats, beta: Floats) -> Floats:
    """The numbers of f(m), parts[d, 3] and beta[d, k]."""
    return np.concatenate([[value], np.concatenate([parts, beta], axis=1).ravel()])


@kernel
def constant(moments, j, phi, out):
    """out[p] <- beta_p dE h/d theta_p = beta_p ((a + q (E y - m)) dE y + q dVar y / 2), of component j."""
    k = out.size
    begin = 1 + j * (BEFORE + k)
    m, a, q = phi[begin], phi[begin + 1], phi[begin + 2]
    for p in range(k):
        of_h = (a + q * (moments[0, 0] - m)) * moments[0, 1 + p] + 0.5 * q * moments[1, 1 + p]
        out[p] = phi[begin + BEFORE + p] * of_h
