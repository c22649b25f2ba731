"""A mutant: the score function, its gradient by the first parameter 0.1 % too large."""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weight, Weights


@kernel
def weigh(noise, y, theta, phi, f, out):
    """out[p, draws] <- f, but for the planted error."""
    for p in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[p, i] = f.value[0, i] * (1.001 if p == 0 else 1.0)


PLUGIN = Estimator("score_function_biased", Weights(score=Weight(weigh, ("value",), per="parameter")))
