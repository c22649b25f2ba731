"""Pathwise gradient with a Taylor control variate (linearised gradient, reducing reparameterisation gradient variance).

Approximates  grad E f(y),  y = T(noise; theta)
With          w_path[p, j] = f'_j(y) - beta[p, j] (a_j + q_j (y_j - m_j)),  c[p, j] = beta[p, j] dE h/d theta_p: a and q
              the slope and the curvature of f at the mean m of y, h the expansion whose slope is taken off
Requires      the curvature of f at one point, a family with a path that tells its moments. beta is Cov / Var of both
              gradients over pilot draws that count as work.
              Miller, Foti, D'Amour, Adams (2017), section 3, with the diagonal of the Hessian.
Not to be confused with the second-order rule (price), which reads the curvature at every draw.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.taylor import BEFORE, constant, expansion, frozen
from bench.spec import Estimator, Family, Floats, Pilot, Weight, Weights
from bench.statistics.control import regressed, summed

PILOT = 1000  # draws


@kernel
def weigh(noise, y, theta, phi, f, out):
    """out[j k + p, draws] <- f'_j - beta[p, j] (a_j + q_j (y_j - m_j))."""
    k = out.shape[0] // y.shape[0]
    for row in range(out.shape[0]):
        j = row // k
        begin = 1 + j * (BEFORE + k)
        m, a, q, beta = phi[begin], phi[begin + 1], phi[begin + 2], phi[begin + BEFORE + row % k]
        for i in range(out.shape[1]):
            out[row, i] = f.slope[0, j, i] - beta * (a + q * (y[j, i] - m))


def freeze(pilot: Pilot) -> Floats:
    """The expansion with beta."""
    value, parts = expansion(pilot)
    y, _ = pilot.sample(PILOT)
    m, a, q = (row[:, np.newaxis] for row in parts.T)
    paths, is_tied = pilot.paths(PILOT), pilot.components == "tied"
    slope = pilot.evaluate(y, ["slope"]).slope[0]
    target, control = (summed(row[:, np.newaxis] * paths, is_tied) for row in (slope, a + q * (y - m)))
    return frozen(value, parts, regressed(target, control))


def rule(family: Family) -> Weights | str:
    """The mean of h is made of the family's moments."""
    if family.moments is None:
        return f"{family.name} tells no moments, of which the mean of a Taylor expansion is made"
    return Weights(path=Weight(weigh, ("slope",), per="coordinate"), constant=constant)


PLUGIN = Estimator(
    "pathwise_delta",
    rule,
    freeze=freeze,
    pilot_needs=("value", "slope", "curvature"),
    label="pathwise, delta method",
    formula=r"\left(f'(y) - \beta h'(y)\right) \frac{\partial y}{\partial\theta} + \beta "
    r"\frac{\partial\,\mathbb{E}\, h}{\partial\theta}",
)
