"""Pathwise gradient (reparameterisation, infinitesimal perturbation analysis).

Approximates  grad E f(y),  y = T(noise; theta)
With          w_path = df/dy_j: the family adds  w_path * dy_j/d theta
Requires      f differentiable, a family with a path derivative.       Mohamed et al. (2020), section 5.
"""

from bench.spec import Estimator, Weights

PLUGIN = Estimator(
    name="pathwise",
    rule=Weights(path="slope"),
    formula=r"f'(y)\, \frac{\partial y}{\partial\theta}",
)
