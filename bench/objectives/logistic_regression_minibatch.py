"""Bayesian logistic regression on a random batch of the data: that of `logistic_regression`, for large data.

f(y) = -log N(y; 0, I) - n/B sum_{i in b} log p(l_i | x_i'y). The batch b is B data in a row, in the order in which they
are shipped, from a random first one on, the first datum following the last: n = 569 equally likely batches, in which
every datum comes equally often. So E_b f is the f of all data. The batch is the same for all draws of an estimate.
Mohamed et al. (2020), section 9, with B = 32; stochastic variational inference: Hoffman et al. (2013), section 2.3.
"""

from functools import cache, lru_cache

import numpy as np

from bench.kernels.logistic_batch import curvature, slope, value
from bench.objectives.logistic_regression import PLUGIN as LOGISTIC_REGRESSION
from bench.objectives.logistic_regression import SCALE, dimension_of_coefficients, rows
from bench.phi import whole
from bench.spec import Batches, Floats, Form, Latent, Objective
from bench.statistics import logistic


@cache
def tabulate(phi: tuple[float, ...]) -> Floats:
    """The size of a batch, the scale of the prior, and by coefficient its column of the rows, twice in a row."""
    columns = rows().T
    return np.concatenate([[*phi, SCALE], np.concatenate([columns, columns], axis=1).ravel()])


def dimension(latent: Latent, n: int, phi: tuple[float, ...]) -> int:
    """That of the coefficients; BadInput where a batch is none of the data."""
    whole("logistic_regression_minibatch.batch_size", phi[0], 1, len(rows()))
    return dimension_of_coefficients(latent, n, phi[1:])


def count(n: int, phi: tuple[float, ...]) -> int:
    """One batch for each first datum."""
    return len(rows())


def slope_covariance(theta: Floats, x: Floats, phi: tuple[float, ...]) -> tuple[Floats, Floats]:
    """[31, 31] of the draws, and of the batches."""
    return _slope_covariance(theta.tobytes(), int(phi[0]))


@lru_cache(maxsize=64)
def _slope_covariance(theta_bytes: bytes, size: int) -> tuple[Floats, Floats]:
    """It takes a second, and every entropy asks for it."""
    theta = np.frombuffer(theta_bytes).reshape(-1, 2)
    weights = logistic.batch_weights(len(rows()), size)
    of_draws = logistic.slope_covariance(theta, rows(), SCALE, weights)
    return of_draws, logistic.batch_covariance(theta, rows(), size)


PLUGIN = Objective(
    name="logistic_regression_minibatch",
    forms={"shared": {"direct": Form(np.asarray, value, None, slope, curvature)}},
    dimension=dimension,
    axes={"batch_size": (32.0,)},
    tabulate=tabulate,
    uses_data=False,
    target=True,
    batches=Batches(LOGISTIC_REGRESSION, count, {"normal": slope_covariance}),
    label="logistic regression, minibatches",
    formula=r"-\log\,\mathcal{N}(y; 0, I) - \frac{n}{B} \sum_{i\in b} \log\,p(l_i; x_i^\top y)",
    symbols={"batch_size": "$B$"},
)
