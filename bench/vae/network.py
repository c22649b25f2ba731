"""The networks: encoder 64-64-(2 x L), decoder L-64-64, tanh between, and f = -log p(x, z) with its slopes.

p(z) = N(0, I). p(x | z) has the Bernoulli's form p^x (1 - p)^(1 - x), pixel by pixel, for intensities in [0, 1] too; it
is not normalised there, as is usual (Loaiza-Ganem & Cunningham 2019, arXiv 1907.06845, say what that leaves out), so
an ELBO of these digits compares with others of the same form alone. tanh is smooth, so the integrals of the tests
converge. All is in float64, as everywhere in this suite: the laws hold to round-off, and what learns is what is tested.
float32 would take less than half the time.
"""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from bench.vae.digits import SIDE
from bench.vae.keys import normals
from bench.vae.methods import Looks

PIXELS, HIDDEN = SIDE * SIDE, 64


class Layer(NamedTuple):
    """An affine map."""

    weight: Any  # [inputs, outputs]
    bias: Any  # [outputs]


class Weights(NamedTuple):
    """Of both networks; each has two layers."""

    encoder: tuple[Layer, Layer]
    decoder: tuple[Layer, Layer]


def initial(key: Any, dimension: int, pixels: int = PIXELS, hidden: int = HIDDEN) -> Weights:
    """Normal weights of variance 2 / (inputs + outputs) (Glorot & Bengio 2010, section 4.2), biases zero."""
    sizes = ((pixels, hidden), (hidden, 2 * dimension), (dimension, hidden), (hidden, pixels))
    values = iter(np.asarray(normals(key, (sum(map(math.prod, sizes)),))))
    layers = [Layer(jnp.asarray(_scaled(values, size)), jnp.zeros(size[1])) for size in sizes]
    return Weights((layers[0], layers[1]), (layers[2], layers[3]))


def _scaled(values: Iterator[Any], size: tuple[int, int]) -> Any:
    numbers = np.fromiter(values, float, math.prod(size))
    return numbers.reshape(size) * math.sqrt(2 / sum(size))


def _apply(layers: tuple[Layer, Layer], values: Any) -> Any:
    first, second = layers
    return jnp.tanh(values @ first.weight + first.bias) @ second.weight + second.bias


def encode(encoder: tuple[Layer, Layer], x: Any) -> tuple[Any, Any]:
    """Mu and log sigma of q_i, [B, L] each, of images x[B, 64]."""
    outputs = _apply(encoder, x)
    mu, log_sigma = jnp.split(outputs, 2, axis=-1)
    return mu, log_sigma


def intensities(decoder: tuple[Layer, Layer], z: Any) -> Any:
    """The mean image of p(x | z), [..., 64]."""
    return jax.nn.sigmoid(_apply(decoder, z))


def misfit(decoder: tuple[Layer, Layer], x: Any, z: Any) -> Any:
    """-log p(x | z) of each datum, [..., B], at z[..., B, L]."""
    logits = _apply(decoder, z)
    return (jax.nn.softplus(logits) - x * logits).sum(-1)


def minus_log_joint(decoder: tuple[Layer, Layer], x: Any, z: Any) -> Any:
    """f = -log p(x | z) - log p(z), the constants of log p(z) included: they move the score function."""
    return misfit(decoder, x, z) + (z * z + math.log(2 * math.pi)).sum(-1) / 2


def look(decoder: tuple[Layer, Layer], x: Any, mu: Any, log_sigma: Any, eps: Any) -> tuple[Looks, Any]:
    """What draws eps[K, B, L] give, and the decoder's gradient of the mean of f over draws and data.

    What a caller does not use is not computed, once compiled: no slopes for the score function.
    """
    sigma = jnp.exp(log_sigma)
    f, pull = jax.vjp(lambda decoder, z: minus_log_joint(decoder, x, z), decoder, mu + sigma * eps)
    gradient, slope = pull(jnp.ones_like(f))
    return Looks(eps, sigma, f, slope), jax.tree.map(lambda leaf: leaf / f.size, gradient)
