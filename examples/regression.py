"""Bayesian logistic regression in JAX: minus the log joint density of labels and coefficients, its slopes by grad.

    python -m bench sweep study=smoke 'plugins=[examples/regression.py]' 'objective=[regression]' \
        'components=[untied]' 'entropy=[closed_form]' 'mu=[0]' 'sigma=[0.5]'

f(y) = sum_i log(1 + exp(-s_i x_i . y)) + |y|^2 / (2 tau^2) + d log(2 pi tau^2) / 2, labels s_i = +-1, a prior
y_j ~ N(0, tau^2). The family is the approximation of the posterior, and each coefficient has parameters of its own.
The data are 40 rows made once of known coefficients. Bishop (2006), "Pattern Recognition", section 4.5.

Install JAX with: pip install 'mcgrad-bench[jax]'
"""

import math

import numpy as np

from bench.wrap import jax_objective

COEFFICIENTS = np.array([0.5, -1.0, 1.5, 0.0, -0.5])
_GENERATOR = np.random.default_rng(20)
X = _GENERATOR.standard_normal((40, COEFFICIENTS.size))
SIGNS = np.where(_GENERATOR.random(40) < 1.0 / (1.0 + np.exp(-X @ COEFFICIENTS)), 1.0, -1.0)


def minus_log_joint(y, tau):
    """- log p(labels, y) at coefficients y[5], of a prior of standard deviation tau."""
    import jax.numpy as jnp

    likelihood = jnp.logaddexp(0.0, -SIGNS * (X @ y)).sum()
    return likelihood + (y @ y) / (2 * tau**2) + y.size * jnp.log(math.sqrt(2 * math.pi) * tau)


PLUGIN = jax_objective("regression", minus_log_joint, dimension=COEFFICIENTS.size, phi={"tau": 1.0}, target=True)
