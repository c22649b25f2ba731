"""One fit: from its first weights to its last step, with what is seen of it at the checkpoints."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from bench.vae import elbo, keys, network, steps
from bench.vae.digits import split
from bench.vae.network import Layer, Weights
from bench.vae.settings import Fit, VaeSettings


class Trace(NamedTuple):
    """What a fit was at each checkpoint: minus the ELBO of held-out digits, and its weights."""

    losses: tuple[float, ...]
    weights: tuple[Weights, ...]


def written(trace: Trace) -> bytes:
    """A trace as bytes."""
    file = io.BytesIO()
    numbers = [np.asarray(number) for number in jax.tree_util.tree_leaves(trace.weights)]
    np.savez(file, np.array(trace.losses), *numbers)
    return file.getvalue()


def read(content: bytes) -> Trace:
    """The trace that was written so."""
    with np.load(io.BytesIO(content)) as file:
        losses, *numbers = (file[name] for name in file.files)
    layers = [Layer(jnp.asarray(weight), jnp.asarray(bias)) for weight, bias in batched(numbers, 2)]
    weights = [Weights((e1, e2), (d1, d2)) for e1, e2, d1, d2 in batched(layers, 4)]
    return Trace(tuple(losses.tolist()), tuple(weights))


def batched(values: Sequence[Any], count: int) -> list[Any]:
    """The values, so many at a time."""
    return [values[i : i + count] for i in range(0, len(values), count)]


def first_state(settings: VaeSettings, fit: Fit, replicate: int) -> steps.State:
    """The state before the first step: the same weights for all methods and numbers of samples."""
    return steps.start(network.initial(keys.key(settings.seed, "weights", fit.dimension, replicate), fit.dimension))


def trace(settings: VaeSettings, fit: Fit, replicate: int) -> Trace:
    """A whole fit. Weights, batches and draws are those of its replicate, the same for all methods.

    A fit that diverges has infinite or undefined losses from there on.
    """
    learned, others = (jnp.asarray(digits.images) for digits in split(settings.held_out))
    order = keys.batches(settings.seed, replicate, settings.steps, settings.batch, len(learned))
    draws = keys.key(settings.seed, "draws", fit.dimension, replicate)
    held_out = keys.key(settings.seed, "held out", fit.dimension)
    state, begin = first_state(settings, fit, replicate), 0
    losses, weights = [], []
    for mark in settings.marks:
        advance = steps.advance(fit.method, fit.samples)
        state, begin = advance(state, learned, order, draws, settings.learning_rate, begin, mark), mark
        losses.append(float(elbo.compiled()(state.weights, others, held_out)))
        weights.append(state.weights)
    return Trace(tuple(losses), tuple(weights))
