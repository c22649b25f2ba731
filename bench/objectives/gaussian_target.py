"""Correlated normal target in d components, N(c, A^-1) with A of a given condition number: q has no correlations.

f(y) = -log N(y; c, A^-1) = (y - c)'A(y - c) / 2 + d log(2 pi) / 2, for det A = 1; A = Q diag(lambda) Q' and c are the
same in all runs: Q a random rotation, lambda in geometric progression between condition^-1/2 and condition^1/2, c
standard normal. Under normal q minus the ELBO is least at mu = c, sigma_j = A_jj^-1/2, where the gradient that sticks
the landing keeps a variance unless A is diagonal. Roeder, Wu & Duvenaud (2017), section 3; Domke (2019), section 4.
"""

import math

import numpy as np

from bench.kernels.quadratic import curvature, slope, value
from bench.phi import conditioned
from bench.spec import Floats, Form, Latent, Objective
from bench.statistics.conditioned import matrix_and_centre, mean_gradient, table


def quadratic(x: Floats, phi: tuple[float, ...]) -> tuple[Floats, Floats, float]:
    """(A[d, d], c[d], d log(2 pi) / 2)."""
    return (*matrix_and_centre(int(phi[0]), phi[1]), 0.5 * int(phi[0]) * math.log(2 * math.pi))


def tabulate(phi: tuple[float, ...]) -> Floats:
    """(dimension, condition, b, c, A)."""
    return table(phi, quadratic(np.empty(0), phi)[2])


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for; BadInput where that is no whole number, or where there is no such A."""
    return conditioned("gaussian_target", phi)


PLUGIN = Objective(
    name="gaussian_target",
    forms={"shared": {"direct": Form(np.asarray, value, None, slope, curvature)}},
    dimension=dimension,
    exact={"normal": mean_gradient},
    axes={"dimension": (3.0,), "condition": (10.0,)},
    tabulate=tabulate,
    quadratic=quadratic,
    uses_data=False,
    target=True,
    label="Gaussian target",
    formula=r"-\log\,\mathcal{N}(y; c, A^{-1})",
)
