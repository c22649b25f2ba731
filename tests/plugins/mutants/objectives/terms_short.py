"""A mutant: terms of a separable f that do not add up to it, each 0.1 % short."""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- sum_j (y_j - 1)^2."""
    out[:] = 0.0
    for j in range(y.shape[0]):
        for i in range(out.size):
            out[i] += (y[j, i] - 1.0) ** 2


@kernel
def terms(y, data, phi, out):
    """The planted factor."""
    for j in range(y.shape[0]):
        for i in range(y.shape[1]):
            out[j, i] = 0.999 * (y[j, i] - 1.0) ** 2


FORM = Form(np.asarray, value, terms)
PLUGIN = Objective("terms_short", {"shared": {"direct": FORM}}, lambda latent, n, phi: 2, uses_data=False)
