"""Score function with the baseline f(mu): f(y) - f(mu) weighs the score.

Approximates  grad E f(y)
With          w_score = f(y) - b,  b = f at the mean of y, a number frozen for each cell
Requires      a normal y. Not to be confused with the baseline that has the least variance.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weight, Weights


@kernel
def weigh(noise, y, theta, phi, f, out):
    """out[0, draws] <- f - b; what was frozen stands behind phi."""
    for i in range(out.shape[1]):
        out[0, i] = f.value[0, i] - phi[0]


def freeze(pilot):
    """f(mu)."""
    y, _ = pilot.sample(1)
    mean = np.broadcast_to(pilot.theta[:, 0], len(y))
    return pilot.evaluate(mean[:, np.newaxis]).value[0]


def rule(family):
    """theta[0] is the mean of a normal alone."""
    if family.name != "normal":
        return "takes the first parameter for the mean"
    return Weights(score=Weight(weigh, ("value",)))


PLUGIN = Estimator("centred", rule, freeze=freeze)
