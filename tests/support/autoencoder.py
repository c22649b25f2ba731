"""A tiny autoencoder, whose expectations are integrals over all its normals.

The trapezoid rule on [-9, 9] is exact to round-off for what is analytic near the real line; that of every second point
says how far. JAX is imported inside: a process in which it is loaded makes no copy of itself, and other tests do.
"""

import itertools
from typing import Any

import numpy as np

PIXELS, HIDDEN = 3, 2
X = np.array([[0.1, 0.8, 0.4], [0.9, 0.2, 0.6]])  # two data
STEPS = 36  # points on either side, a quarter apart


def tiny(data: int = 2) -> tuple[Any, np.ndarray]:
    """Weights of L = 1 with biases that are not zero, and the images of so many data."""
    import jax

    from bench.vae import keys, network

    weights = network.initial(keys.key(1, "tiny"), 1, PIXELS, HIDDEN)
    leaves, tree = jax.tree.flatten(weights)
    moved = [leaf / 3 + np.cos(i + np.arange(leaf.size)).reshape(leaf.shape) / 5 for i, leaf in enumerate(leaves)]
    return jax.tree.unflatten(tree, moved), X[:data]


def rules(dimensions: int) -> tuple[np.ndarray, np.ndarray]:
    """Points[n, dimensions], and the weights[2, n] of independent standard normals: of all points, of every second."""
    line = np.arange(-STEPS, STEPS + 1) / 4
    density = np.exp(-(line**2) / 2)
    grid = np.array(list(itertools.product(line, repeat=dimensions)))
    both = []
    for chosen in (np.ones_like(line), np.arange(len(line)) % 2 == 0):
        measure = density * chosen / (density * chosen).sum()
        both.append(np.prod(list(itertools.product(measure, repeat=dimensions)), axis=1))
    return grid, np.array(both)


def means(methods: tuple[Any, ...], samples: int, data: int) -> np.ndarray:
    """[2, methods, P]: the expectation of the gradient by the encoder's weights over all normals, by two rules."""
    import jax

    from bench.vae import variance

    weights, x = tiny(data)
    points, measures = rules(samples * data)
    draws = points.reshape(-1, samples, data, 1)
    values = jax.jit(jax.vmap(lambda eps: variance.gradients(methods, weights, x, eps).weights))(draws)
    return np.einsum("rn,nmp->rmp", measures, np.asarray(values))


def exact(data: int) -> np.ndarray:
    """[2, P]: the gradient of the integrated loss itself, E f - entropy, the mean over the data; no estimator in it."""
    import jax
    import jax.numpy as jnp

    from bench.vae import network

    weights, x = tiny(data)
    points, measures = rules(1)

    def loss(encoder: Any, measure: Any) -> Any:
        mu, log_sigma = network.encode(encoder, x)
        f = network.minus_log_joint(weights.decoder, x, mu + jnp.exp(log_sigma) * points[:, None, :])
        return ((measure[:, None] * f).sum(0) - log_sigma.sum(-1)).mean()

    gradient = jax.jit(jax.grad(loss))
    both = [jax.tree.leaves(gradient(weights.encoder, measure)) for measure in measures]
    return np.array([np.concatenate([np.asarray(leaf).ravel() for leaf in leaves]) for leaves in both])
