"""Score function with a baseline from pilot draws, in NumPy: g = (f(y) - b) * score, E g unchanged for any fixed b.

    python -m bench sweep study=smoke 'plugins=[examples/pilot_baseline.py]' \
        'estimator=[score_function,pilot_baseline]'

b[p] = sum_j E f s[p, j]^2 / sum_j E s[p, j]^2, estimated of 1000 draws that are made for it alone, gives each
parameter p the least variance where the components share theta_p. A baseline of the same draws as the estimate would
hang on y and bias it; these draws are independent of all that are measured, and b is frozen before the first.
Greensmith, Bartlett & Baxter (2004), JMLR 5, section 5; Weaver & Tao (2001), UAI.
"""

from bench.wrap import estimator


def least_variance(pilot):
    """b[k] of the scores s[d, k, draws] and the values of f at pilot draws."""
    y, scores = pilot.sample(1000)
    squares = (scores.sum(axis=0) ** 2).T if len(pilot.theta) == 1 else (scores**2).sum(axis=0).T
    return (pilot.evaluate(y).value[0] @ squares) / squares.sum(axis=0)


PLUGIN = estimator("pilot_baseline", score_weight="value", baseline=least_variance)
