"""Score-function gradient (REINFORCE, likelihood ratio).

Approximates  grad E f(y),  y ~ p(y; theta)
With          w_score = f(y): the family adds  f(y) * d log p(y_j; theta)/d theta
Requires      nothing of f but its value, and E |f(y)| finite.            Mohamed et al. (2020), section 4.

In d > 1 this is the joint score: the whole of f times the scores of all components.
"""

from bench.spec import Estimator, Weights

PLUGIN = Estimator(
    name="score_function",
    rule=Weights(score="value"),
    formula=r"f(y)\, \frac{\partial\log\,p(y)}{\partial\theta}",
)
