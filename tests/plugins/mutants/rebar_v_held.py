"""A mutant: REBAR, eta = tau = 1, that holds the conditional noise v' constant: it moves with the logit too.

Right is (f(b) - f(s(z'))) (b - p) + f'(s(z)) ds/dlogit - f'(s(z')) ds'/dlogit, s the sigmoid, z = logit + logit(u),
z' = logit + logit(v') given b: v' = v (1 - p) for b = 0, 1 - p + v p for b = 1. Tucker et al. (2017), section 3.
"""

import math

from bench.kernels.jit import kernel
from bench.kernels.uniform import UNIFORM, fill, gauss_legendre
from bench.spec import BaseNoise, Estimator, Points

CONDITIONAL = BaseNoise("conditional", fill, gauss_legendre)
EDGE = 1e-12  # uniforms are kept this far from 0 and 1


@kernel
def place(noise, j, theta, phi, x):
    """b, s(z) and s(z')."""
    p = 1.0 / (1.0 + math.exp(-theta[0]))
    for i in range(x.shape[1]):
        u = min(max(noise[0, j, i], EDGE), 1.0 - EDGE)
        b = 1.0 if u > 1.0 - p else 0.0
        v = min(max(noise[1, j, i], EDGE), 1.0 - EDGE)
        conditional = 1.0 - p + v * p if b > 0.0 else v * (1.0 - p)
        x[0, i] = b
        x[1, i] = 1.0 / (1.0 + math.exp(-theta[0]) * (1.0 - u) / u)
        x[2, i] = 1.0 / (1.0 + math.exp(-theta[0]) * (1.0 - conditional) / conditional)


@kernel
def combine(noise, j, theta, phi, f, first, out):
    """The planted error: dz'/dlogit is taken for 1."""
    if first:
        out[:] = 0.0
    p = 1.0 / (1.0 + math.exp(-theta[0]))
    for i in range(out.shape[1]):
        u = min(max(noise[0, j, i], EDGE), 1.0 - EDGE)
        b = 1.0 if u > 1.0 - p else 0.0
        v = min(max(noise[1, j, i], EDGE), 1.0 - EDGE)
        conditional = 1.0 - p + v * p if b > 0.0 else v * (1.0 - p)
        soft = 1.0 / (1.0 + math.exp(-theta[0]) * (1.0 - u) / u)
        softer = 1.0 / (1.0 + math.exp(-theta[0]) * (1.0 - conditional) / conditional)
        out[0, i] += (f.value[0, i] - f.value[2, i]) * (b - p)
        out[0, i] += f.slope[1, i] * soft * (1.0 - soft) - f.slope[2, i] * softer * (1.0 - softer)


def rule(family):
    """Written for the Bernoulli; f is looked at between 0 and 1 too."""
    if family.name != "bernoulli":
        return "written for the bernoulli"
    return Points(combine, ("value", "slope"), place, (UNIFORM, CONDITIONAL), evaluations=3)


PLUGIN = Estimator("rebar_v_held", rule)
