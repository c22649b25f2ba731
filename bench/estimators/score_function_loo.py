"""Leave-one-out score function (RLOO, VIMCO's baseline, VarGrad of an ELBO).

Approximates  grad E f(y)
With          w_k = f(y_k) - mean of f over the other draws = (f(y_k) - mean f) K / (K - 1): the mean over the K draws
              of  w_k * d log p(y_k; theta)/d theta  is a U-statistic of degree 2
Requires      at least two draws an estimate.          Kool, van Hoof, Welling (2019), section 3.
Not to be confused with the mean of all draws as the baseline, which shrinks the gradient by (K - 1) / K.
"""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weights


@kernel
def joint(value, samples, out):
    """out <- (f - mean f) K / (K - 1), over the draws r, r + R, r + 2 R, ... of each estimate r."""
    replicates = value.size // samples
    for r in range(replicates):
        mean = 0.0
        for k in range(samples):
            mean += value[k * replicates + r] / samples
        for k in range(samples):
            i = k * replicates + r
            out[i] = (value[i] - mean) * (samples / (samples - 1))


PLUGIN = Estimator(
    "score_function_loo",
    Weights(score="value", joint=joint),
    degree=2,
    label="leave-one-out score function",
    formula=r"\left(f(y) - \bar{f}\right) \frac{\partial\log\,p(y)}{\partial\theta},\quad "
    r"\bar{f} \mathrm{\ over\ the\ other\ draws}",
)
