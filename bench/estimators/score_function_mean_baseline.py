"""Score function with the mean of f as baseline, over a pilot batch (REINFORCE with a baseline, advantage).

Approximates  grad E f(y)
With          w_score = f(y) - b,  b the mean of f over pilot draws, frozen before the first draw that is measured
Requires      as the score function. The pilot draws are its work beside that of the estimates.
              Williams (1992), section 4; Mohamed et al. (2020), section 7.4.
Not to be confused with the mean over the same draws, which shrinks the gradient, leave-one-out, which mends that, or
the optimal baseline: E f is not the constant of the least variance.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Estimator, Floats, Pilot, Weight, Weights

PILOT = 1000  # draws


@kernel
def weigh(noise, y, theta, phi, f, out):
    """out[0, draws] <- f - b."""
    for i in range(out.shape[1]):
        out[0, i] = f.value[0, i] - phi[0]


def freeze(pilot: Pilot) -> Floats:
    """[1] The mean of f."""
    y, _ = pilot.sample(PILOT)
    return np.array([pilot.evaluate(y, ["value"]).value.mean()])


PLUGIN = Estimator(
    "score_function_mean_baseline",
    Weights(score=Weight(weigh, ("value",))),
    freeze=freeze,
    label="score function, mean baseline",
    formula=r"\left(f(y) - b\right) \frac{\partial\log\,p(y)}{\partial\theta},\quad b \approx \mathbb{E}\, f",
)
