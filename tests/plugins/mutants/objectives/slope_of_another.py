"""A mutant: f(y) = sum_j sin y_j with slopes that are 0.1 % too large."""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sin y."""
    for i in range(out.size):
        out[i] = math.sin(y[0, i])


@kernel
def slope(y, data, phi, out):
    """The planted factor."""
    for i in range(y.shape[1]):
        out[0, i] = 1.001 * math.cos(y[0, i])


FORM = Form(np.asarray, value, None, slope)
PLUGIN = Objective("slope_of_another", {"shared": {"direct": FORM}}, lambda latent, n, phi: 1, uses_data=False)
