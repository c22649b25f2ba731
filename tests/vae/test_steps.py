"""A step of learning: gradients that are those of the loss, and Adam as its authors write it."""

import numpy as np

from bench.vae import network, steps
from bench.vae.methods import REFERENCE
from tests.support import autoencoder

ROUND_OFF = 1e-12
EPS = np.random.default_rng(0).normal(size=(3, 2, 1))


def test_the_pathwise_gradient_is_that_of_the_loss_at_the_same_draws() -> None:
    import jax
    import jax.numpy as jnp

    weights, x = autoencoder.tiny()

    def loss(weights: network.Weights) -> jax.Array:
        mu, log_sigma = network.encode(weights.encoder, x)
        f = network.minus_log_joint(weights.decoder, x, mu + jnp.exp(log_sigma) * EPS)
        return f.mean() - log_sigma.sum(-1).mean()

    expected, computed = jax.grad(loss)(weights), steps.gradient(REFERENCE, weights, x, EPS)
    for a, b in zip(jax.tree.leaves(expected), jax.tree.leaves(computed), strict=True):
        assert np.allclose(a, b, rtol=ROUND_OFF, atol=ROUND_OFF)


def test_adam_is_its_authors() -> None:
    """Three steps along one number, written out."""
    layer = network.Layer(np.array([[2.0]]), np.array([0.0]))
    weights = network.Weights((layer, layer), (layer, layer))
    state, theta, m, v = steps.start(weights), 2.0, 0.0, 0.0
    for t, g in enumerate([0.5, -2.0, 3.0], 1):
        slope = network.Layer(np.array([[g]]), np.array([0.0]))
        state = steps.adam(state, network.Weights((slope, slope), (slope, slope)), t - 1, 0.1)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        theta -= 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        assert np.isclose(float(state.weights.encoder[0].weight[0, 0]), theta, rtol=ROUND_OFF)
        assert float(state.weights.decoder[1].bias[0]) == 0
