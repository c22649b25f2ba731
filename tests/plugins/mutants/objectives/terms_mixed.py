"""A mutant: terms that add up to f, but each reads the other component too: f is y_0 y_1 and not separable."""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    """out[draws] <- y_0 y_1."""
    for i in range(out.size):
        out[i] = y[0, i] * y[1, i]


@kernel
def terms(y, data, phi, out):
    """The planted error: half of the product each."""
    for i in range(y.shape[1]):
        out[0, i] = 0.5 * y[0, i] * y[1, i]
        out[1, i] = 0.5 * y[0, i] * y[1, i]


FORM = Form(np.asarray, value, terms)
PLUGIN = Objective("terms_mixed", {"shared": {"direct": FORM}}, lambda latent, n, phi: 2, uses_data=False)
