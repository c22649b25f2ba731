"""Score function with a Taylor control variate (delta method; MuProp where y is discrete and h of first order).

Approximates  grad E f(y)
With          w_score[p, j] = f(y) - beta[p, j] h(y),  c[p, j] = beta[p, j] dE h/d theta_p, h the expansion of f to
              second order about the mean of y, without mixed derivatives: its mean follows from the moments of y
Requires      slope and curvature of f at one point, a family that tells its moments. beta = Cov(f S, h S) / Var(h S), S
              the score, over pilot draws that count as work.        Paisley, Blei, Jordan (2012), section 3.2;
              Gu et al. (2016), section 3.
Not to be confused with the pathwise estimator: the slope of f is taken at the mean alone, and y may be discrete.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.taylor import BEFORE, constant, expansion, frozen
from bench.spec import Estimator, Family, Floats, Pilot, Weight, Weights
from bench.statistics.control import regressed, summed

PILOT = 1000  # draws


@kernel
def weigh(noise, y, theta, phi, f, out):
    """out[j k + p, draws] <- f - beta[p, j] h."""
    d, h = y.shape[0], out[0]
    k = out.shape[0] // d
    h[:] = phi[0]
    for j in range(d):
        begin = 1 + j * (BEFORE + k)
        m, a, q = phi[begin], phi[begin + 1], phi[begin + 2]
        for i in range(h.size):
            u = y[j, i] - m
            h[i] += u * (a + 0.5 * q * u)
    for row in range(out.shape[0] - 1, -1, -1):  # the first, which holds h, last
        beta = phi[1 + row // k * (BEFORE + k) + BEFORE + row % k]
        for i in range(h.size):
            out[row, i] = f.value[0, i] - beta * h[i]


def freeze(pilot: Pilot) -> Floats:
    """The expansion with beta."""
    value, parts = expansion(pilot)
    y, scores = pilot.sample(PILOT)
    m, a, q = (row[:, np.newaxis] for row in parts.T)
    h = value + ((y - m) * (a + q * (y - m) / 2)).sum(axis=0)
    s = summed(scores, pilot.components == "tied")
    return frozen(value, parts, regressed(pilot.evaluate(y, ["value"]).value[0] * s, h * s))


def rule(family: Family) -> Weights | str:
    """The mean of h is made of the family's moments."""
    if family.moments is None:
        return f"{family.name} tells no moments, of which the mean of a Taylor expansion is made"
    return Weights(score=Weight(weigh, ("value",), per="coordinate"), constant=constant)


PLUGIN = Estimator(
    "score_function_delta",
    rule,
    freeze=freeze,
    pilot_needs=("value", "slope", "curvature"),
    label="score function, delta method",
    formula=r"\left(f(y) - \beta h(y)\right) \frac{\partial\log\,p(y)}{\partial\theta} + \beta "
    r"\frac{\partial\,\mathbb{E}\, h}{\partial\theta}",
)
