"""A mutant: f(y) = y^2 minus its mean over the draws that happen to be computed together."""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    """The planted error: a draw's value hangs on the others."""
    mean = 0.0
    for i in range(out.size):
        mean += y[0, i] ** 2 / out.size
    for i in range(out.size):
        out[i] = y[0, i] ** 2 - mean


FORM = Form(np.asarray, value)
PLUGIN = Objective("batch_normalised", {"shared": {"direct": FORM}}, lambda latent, n, phi: 1, uses_data=False)
