"""A mutant: DisARM that adds the value at the antithetic draw where it should subtract it.

Right is (f(b) - f(b')) / 2 * (-1)^b' * 1[b != b'] * sigmoid(|logit|), b = 1[u > 1 - p], b' = 1[1 - u > 1 - p].
Dong, Mnih & Tucker (2020), section 3.
"""

import math

from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def place(noise, j, theta, phi, x):
    """b and b', made of one uniform."""
    zero = 1.0 / (1.0 + math.exp(theta[0]))
    for i in range(x.shape[1]):
        u = noise[0, j, i]
        x[0, i] = 1.0 if u > zero else 0.0
        x[1, i] = 1.0 if 1.0 - u > zero else 0.0


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """The planted error is the plus between the values."""
    if first:
        out[:] = 0.0
    zero = 1.0 / (1.0 + math.exp(theta[0]))
    for i in range(out.shape[1]):
        u = noise[0, j, i]
        b, mirrored = u > zero, 1.0 - u > zero
        if b != mirrored:
            sign = -1.0 if mirrored else 1.0
            out[0, i] += 0.5 * (f.value[0, i] + f.value[1, i]) * sign * max(zero, 1.0 - zero)


def rule(family):
    """Written for the Bernoulli; the antithetic draw jumps where 1 - u does."""
    if family.name != "bernoulli":
        return "written for the bernoulli"

    def breaks(theta, phi):
        """Both chances."""
        zero = 1.0 / (1.0 + math.exp(theta[0]))
        return {"uniform": sorted({zero, 1.0 - zero})}

    return Points(combine, ("value",), place, evaluations=2, breaks=breaks)


PLUGIN = Estimator("disarm_sum", rule)
