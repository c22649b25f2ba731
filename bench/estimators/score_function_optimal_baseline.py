"""Score function with the constant baseline of the least variance, by quadrature: a floor that no practitioner reaches.

Approximates  grad E f(y)
With          w_score[p, j] = f(y) - b[p, j],  b = E f S^2 / E S^2, S the score by theta_p: of component j where each
              has its own theta, summed over them where they are tied
Requires      as the score function. Only where f is no sum, in more than four components, b is estimated, on pilot
              draws that count as work.        Greensmith, Bartlett, Baxter (2004), section 5; Weaver, Tao (2001).
Not to be confused with the mean of f as baseline: b is E f where f and S^2 are uncorrelated alone.
"""

from bench.kernels.jit import kernel
from bench.spec import Estimator, Floats, Pilot, Weight, Weights


@kernel
def weigh(noise, y, theta, phi, f, out):
    """out[j k + p, draws] <- f - b[p, j]."""
    for row in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[row, i] = f.value[0, i] - phi[row]


def freeze(pilot: Pilot) -> Floats:
    """[d k] b."""
    return pilot.optimal_baseline().ravel()


RULE = Weights(score=Weight(weigh, ("value",), per="coordinate"))
PLUGIN = Estimator(
    "score_function_optimal_baseline",
    RULE,
    freeze=freeze,
    label="score function, optimal baseline",
    formula=r"\left(f(y) - b\right) s,\quad s = \frac{\partial\log\,p(y)}{\partial\theta},\quad b = "
    r"\frac{\mathbb{E}\, f s^2}{\mathbb{E}\, s^2}",
)
