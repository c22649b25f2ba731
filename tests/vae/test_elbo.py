"""Minus the ELBO: the divergence in closed form, and a loss that its parts add up to."""

import numpy as np

from bench.vae import elbo, keys, network
from tests.support import autoencoder


def test_the_divergence_is_that_of_two_normals() -> None:
    """Against the integral of q log(q / p), and zero where they are the same."""
    mu, sigma = 0.7, 0.4
    z = np.linspace(-6, 6, 4001)
    q = np.exp(-(((z - mu) / sigma) ** 2) / 2) / sigma / np.sqrt(2 * np.pi)
    logs = -(((z - mu) / sigma) ** 2) / 2 - np.log(sigma) + z**2 / 2
    value = float(elbo.divergence(np.array([mu]), np.log([sigma])))
    assert np.isclose(value, (q * logs).sum() * (z[1] - z[0]), rtol=1e-12)
    assert float(elbo.divergence(np.zeros(3), np.zeros(3))) == 0


def test_the_loss_is_the_misfit_at_its_draws_and_the_divergence() -> None:
    weights, x = autoencoder.tiny()
    key = keys.key(0, "held out")
    mu, log_sigma = map(np.asarray, network.encode(weights.encoder, x))
    z = mu + np.exp(log_sigma) * np.asarray(keys.normals(key, (elbo.DRAWS, *mu.shape)))
    misfits = [np.asarray(network.misfit(weights.decoder, x, draw)) for draw in z]
    expected = np.mean(misfits) + np.mean(elbo.divergence(mu, log_sigma))
    assert np.isclose(float(elbo.compiled()(weights, x, key)), expected, rtol=1e-12)
