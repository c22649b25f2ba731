"""A mutant: f minus its mean over the draws that happen to be computed together."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weight, Weights


@kernel
def weigh(noise, y, theta, phi, f, out):
    """The planted error: a draw's weight hangs on the others."""
    out[0] = f.value[0] - f.value[0].mean()


PLUGIN = Estimator("batch_mean", Weights(score=Weight(weigh, ("value",))))
