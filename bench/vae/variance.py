"""The total variance of the encoder's gradient by every method: same weights, same batch, same draws.

`datum`: of the gradient of F_i by the encoder's outputs (mu_i, log sigma_i), the mean over the batch of its trace.
`weights`: of the gradient of the batch's mean loss by all weights of the encoder. The batch is fixed, so all variance
is that of the draws; which data a batch has adds the same to every estimator's.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from bench.vae import network
from bench.vae.keys import normals
from bench.vae.methods import Method
from bench.vae.totals import Sums

PER = ("datum", "weights")


class Both(NamedTuple):
    """What is summed up for each method: [methods, ...]."""

    datum: Any
    weights: Any


def gradients(methods: Sequence[Method], weights: network.Weights, x: Any, eps: Any) -> Both:
    """Gradients by all methods from the same draws eps[K, B, L]: datum [methods, B * 2L], weights [methods, P].

    Those of the data are divided by sqrt(B), so that a trace is the mean over the batch.
    """
    (mu, log_sigma), pull = jax.vjp(lambda encoder: network.encode(encoder, x), weights.encoder)
    looks, _ = network.look(weights.decoder, x, mu, log_sigma, eps)
    rules = [method.rule(looks) for method in methods]
    by_mu, by_log_sigma = (jnp.stack([getattr(rule, name) for rule in rules]) for name in ("mu", "log_sigma"))
    size = len(x)
    (layers,) = jax.vmap(pull)((by_mu / size, by_log_sigma / size))
    outputs = jnp.concatenate([by_mu, by_log_sigma], axis=-1).reshape(len(methods), -1)
    by_weight = jnp.concatenate([leaf.reshape(len(methods), -1) for leaf in jax.tree.leaves(layers)], axis=-1)
    return Both(outputs / jnp.sqrt(size), by_weight)


@cache
def compiled(methods: tuple[Method, ...], samples: int, groups: int, size: int) -> Any:
    """The compiled function of weights, images x[B, 64] and a key that gives Both of Sums, [groups, methods, ...]."""

    def sums(weights: network.Weights, x: Any, key: Any) -> Both:
        draws = (samples, len(x), weights.decoder[0].weight.shape[0])

        def vectors(index: Any) -> Both:
            return gradients(methods, weights, x, normals(jax.random.fold_in(key, index), draws))

        def add(index: Any, total: Any) -> Any:
            new = vectors(index)
            moments = [Sums(vector, (vector * vector).sum(-1)) for vector in new]
            return jax.tree.map(jnp.add, total, Both(*moments))

        def grouped(number: Any) -> Any:
            shapes = [array.shape for array in jax.eval_shape(vectors, 0)]
            zeros = Both(*(Sums(jnp.zeros(shape), jnp.zeros(shape[0])) for shape in shapes))
            return jax.lax.fori_loop(number * size, (number + 1) * size, add, zeros)

        both: Both = jax.lax.map(grouped, jnp.arange(groups))
        return both

    return jax.jit(sums)


def measured(
    methods: tuple[Method, ...], weights: network.Weights, x: Any, key: Any, samples: int, groups: int, size: int
) -> dict[tuple[str, Method], Sums]:
    """The sums of `groups` groups of `size` gradients by each method, per datum and by weights."""
    both = compiled(methods, samples, groups, size)(weights, x, key)
    return {
        (per, method): Sums(np.asarray(sums.vectors[:, m]), np.asarray(sums.squares[:, m]))
        for per, sums in zip(PER, both, strict=True)
        for m, method in enumerate(methods)
    }
