"""Mixture of score function and pathwise gradient, each by its inverse variance (total propagation).

Approximates  grad E f(y),  y = T(noise; theta)
With          w_score[p, j] = a[p, j] f(y),  w_path[p, j] = (1 - a[p, j]) df/dy_j,  a = V_path / (V_path + V_score),
              V the variances of both over pilot draws that count as work
Requires      f differentiable, a family with a path. Both have the same mean, so any a is unbiased; it is the least
              variance where both are uncorrelated.               Parmas, Rasmussen, Peters, Doya (2018), section 3.1.
Not to be confused with an importance-weighted bound, or with draws from a mixture: all draws are those of p.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Estimator, Floats, Pilot, Weight, Weights
from bench.statistics.control import by_inverse_variance, summed

PILOT = 1000  # draws


@kernel
def weigh_score(noise, y, theta, phi, f, out):
    """out[j k + p, draws] <- a[p, j] f."""
    for row in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[row, i] = phi[row] * f.value[0, i]


@kernel
def weigh_path(noise, y, theta, phi, f, out):
    """out[j k + p, draws] <- (1 - a[p, j]) f'_j."""
    k = out.shape[0] // y.shape[0]
    for row in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[row, i] = (1.0 - phi[row]) * f.slope[0, row // k, i]


def freeze(pilot: Pilot) -> Floats:
    """[d k] a."""
    y, scores = pilot.sample(PILOT)
    f, is_tied = pilot.evaluate(y, ["value", "slope"]), pilot.components == "tied"
    by_score = f.value[0] * summed(scores, is_tied)
    by_path = summed(f.slope[0][:, np.newaxis] * pilot.paths(PILOT), is_tied)
    return by_inverse_variance(by_score, by_path).ravel()


RULE = Weights(
    score=Weight(weigh_score, ("value",), per="coordinate"), path=Weight(weigh_path, ("slope",), per="coordinate")
)
PLUGIN = Estimator(
    "importance_mixture",
    RULE,
    freeze=freeze,
    label="importance mixture",
    formula=r"a f(y)\, \frac{\partial\log\,p(y)}{\partial\theta} + (1 - a) f'(y)\, \frac{\partial y}{\partial\theta}",
)
