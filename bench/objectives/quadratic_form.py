"""Quadratic form in d components that do not separate, f(y) = (y - c)'A(y - c) / 2, A of a given condition number.

A = Q diag(lambda) Q' and c are the same in all runs: Q a random rotation, lambda in geometric progression between
condition^-1/2 and condition^1/2, c standard normal. dE f/dmu = A (mu - c) and dE f/dsigma_j = A_jj sigma_j under any
distribution with mean mu and standard deviation sigma. Domke (2019), Provable gradient variance guarantees, section 4.
"""

import numpy as np

from bench.kernels.quadratic import curvature, slope, value
from bench.phi import conditioned
from bench.spec import Floats, Form, Latent, Objective
from bench.statistics.conditioned import matrix_and_centre, mean_gradient, table


def quadratic(x: Floats, phi: tuple[float, ...]) -> tuple[Floats, Floats, float]:
    """(A[d, d], c[d], 0)."""
    return (*matrix_and_centre(int(phi[0]), phi[1]), 0.0)


def tabulate(phi: tuple[float, ...]) -> Floats:
    """(dimension, condition, b, c, A)."""
    return table(phi, quadratic(np.empty(0), phi)[2])


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """As many components as asked for; BadInput where that is no whole number, or where there is no such A."""
    return conditioned("quadratic_form", phi)


PLUGIN = Objective(
    name="quadratic_form",
    forms={"shared": {"direct": Form(np.asarray, value, None, slope, curvature)}},
    dimension=dimension,
    exact={"normal": mean_gradient},
    axes={"dimension": (3.0,), "condition": (10.0,)},
    tabulate=tabulate,
    quadratic=quadratic,
    uses_data=False,
    formula=r"\frac{1}{2} (y - c)^\top A (y - c)",
)
