"""A step of learning: the encoder's gradient by one of the methods, the decoder's exactly as drawn, then Adam.

Adam: Kingma & Ba (2015), arXiv 1412.6980, algorithm 1, with its constants 0.9, 0.999, 1e-8; the same rate throughout.
"""

from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from bench.vae import network
from bench.vae.keys import normals
from bench.vae.methods import Method
from bench.vae.network import Weights

FIRST, SECOND, TINY = 0.9, 0.999, 1e-8


class State(NamedTuple):
    """The weights, and Adam's moving averages of their gradient and of its square."""

    weights: Weights
    mean: Weights
    square: Weights


def start(weights: Weights) -> State:
    """Before the first step."""
    zeros = jax.tree.map(jnp.zeros_like, weights)
    return State(weights, zeros, zeros)


def gradient(method: Method, weights: Weights, x: Any, eps: Any) -> Weights:
    """The gradient of the batch's mean loss by all weights, from draws eps[K, B, L]."""
    (mu, log_sigma), pull = jax.vjp(lambda encoder: network.encode(encoder, x), weights.encoder)
    looks, decoder = network.look(weights.decoder, x, mu, log_sigma, eps)
    by_mu, by_log_sigma = method.rule(looks)
    (encoder,) = pull((by_mu / len(x), by_log_sigma / len(x)))
    return Weights(encoder, decoder)


def adam(state: State, slopes: Weights, step: Any, rate: float) -> State:
    """The state after step number `step`, counted from 0."""
    mean = jax.tree.map(lambda old, new: FIRST * old + (1 - FIRST) * new, state.mean, slopes)
    square = jax.tree.map(lambda old, new: SECOND * old + (1 - SECOND) * new * new, state.square, slopes)
    first, second = 1 - FIRST ** (step + 1.0), 1 - SECOND ** (step + 1.0)
    weights = jax.tree.map(
        lambda old, m, v: old - rate * (m / first) / (jnp.sqrt(v / second) + TINY), state.weights, mean, square
    )
    return State(weights, mean, square)


@cache
def advance(method: Method, samples: int) -> Any:
    """The compiled function that takes the steps begin <= step < end of a fit.

    Its arguments: state, images[n, 64], batches[steps, B], which begin again after the last, a key, the learning rate,
    begin, end.
    """

    def steps(state: State, images: Any, batches: Any, key: Any, rate: Any, begin: Any, end: Any) -> State:
        def step(index: Any, state: State) -> State:
            x = images[batches[index % len(batches)]]
            shape = (samples, len(x), state.weights.decoder[0].weight.shape[0])
            eps = normals(jax.random.fold_in(key, index), shape)
            return adam(state, gradient(method, state.weights, x, eps), index, rate)

        last: State = jax.lax.fori_loop(begin, end, step, state)
        return last

    return jax.jit(steps)
