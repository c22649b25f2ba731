"""Variances: those of gradients taken one by one, and the exact ones of a tiny network within their intervals."""

import numpy as np

from bench.vae import keys, variance
from bench.vae.methods import REFERENCE, Method
from bench.vae.totals import log_total, total
from tests.support import autoencoder

METHODS = (Method("score_function"), REFERENCE)
GROUPS, SIZE = 32, 8


def exact(per: str) -> np.ndarray:
    """[methods]: the total variance of one draw of two data, integrated."""
    import jax

    weights, x = autoencoder.tiny()
    points, (measure, _) = autoencoder.rules(2)
    values = jax.jit(jax.vmap(lambda eps: getattr(variance.gradients(METHODS, weights, x, eps), per)))(
        points.reshape(-1, 1, 2, 1)
    )
    mean = np.einsum("n,nmp->mp", measure, values)
    return np.einsum("n,nmp->m", measure, np.asarray(values) ** 2) - (mean**2).sum(-1)


def test_the_variances_are_exact_within_their_intervals() -> None:
    weights, x = autoencoder.tiny()
    sums = variance.measured(METHODS, weights, x, keys.key(0, "test"), 1, GROUPS, SIZE)
    for per in variance.PER:
        for method, truth in zip(METHODS, exact(per), strict=True):
            value, low, high = total(log_total(sums[per, method], SIZE))
            widened = (high / low) ** 1.5  # the 95 % interval of four numbers, to a chance below 1e-4 each
            assert value / widened < truth < value * widened


def test_sums_are_those_of_gradients_taken_singly() -> None:
    import jax

    weights, x = autoencoder.tiny()
    key = keys.key(0, "test")
    sums = variance.measured(METHODS, weights, x, key, 1, GROUPS, SIZE)
    second = range(SIZE, 2 * SIZE)
    draws = [keys.normals(jax.random.fold_in(key, index), (1, 2, 1)) for index in second]
    single = jax.jit(lambda eps: variance.gradients(METHODS, weights, x, eps))
    vectors = np.array([single(eps).weights for eps in draws])
    for m, method in enumerate(METHODS):
        assert np.allclose(sums["weights", method].vectors[1], vectors[:, m].sum(0), rtol=1e-12, atol=1e-12)
        assert np.isclose(sums["weights", method].squares[1], (vectors[:, m] ** 2).sum(), rtol=1e-12)
