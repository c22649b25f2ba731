"""The networks against plain NumPy, their slopes against differences, and a density that is one."""

from typing import Any

import numpy as np

from bench.vae import keys, network
from tests.support import autoencoder

ROUND_OFF = 1e-12
EPS = np.random.default_rng(0).normal(size=(3, 2, 1))


def look() -> Any:
    weights, x = autoencoder.tiny()
    mu, log_sigma = network.encode(weights.encoder, x)
    return network.look(weights.decoder, x, mu, log_sigma, EPS), weights, x, np.asarray(mu), np.asarray(log_sigma)


def test_f_is_minus_the_log_of_the_joint_density_written_out() -> None:
    (looks, _), weights, x, mu, log_sigma = look()
    z = mu + np.exp(log_sigma) * EPS
    p = np.asarray(network.intensities(weights.decoder, z))
    likelihood = (x * np.log(p) + (1 - x) * np.log(1 - p)).sum(-1)
    prior = (-(z**2) / 2 - np.log(2 * np.pi) / 2).sum(-1)
    assert np.allclose(looks.f, -likelihood - prior, rtol=ROUND_OFF)


def test_slopes_are_those_of_differences() -> None:
    (looks, decoder), weights, x, mu, log_sigma = look()
    z, h = mu + np.exp(log_sigma) * EPS, 1e-5
    f = [np.asarray(network.minus_log_joint(weights.decoder, x, z + step)) for step in (h, -h)]
    tolerance = 10 * (h**2 + 1e-15 / h)  # of the third derivative, and of round-off
    assert np.abs(np.asarray(looks.slope)[..., 0] - (f[0] - f[1]) / (2 * h)).max() < tolerance
    moved = [
        weights.decoder[1]._replace(bias=weights.decoder[1].bias + step * np.eye(autoencoder.PIXELS)[1])
        for step in (h, -h)
    ]
    f = [np.asarray(network.minus_log_joint((weights.decoder[0], last), x, z)).mean() for last in moved]
    assert abs(float(decoder[1].bias[1]) - (f[0] - f[1]) / (2 * h)) < tolerance


def test_first_weights_have_the_variance_they_shall_have() -> None:
    weights = network.initial(keys.key(0, "weights"), 2)
    layers = [*weights.encoder, *weights.decoder]
    assert [layer.weight.shape for layer in layers] == [(64, 64), (64, 4), (2, 64), (64, 64)]
    assert not any(np.asarray(layer.bias).any() for layer in layers)
    scores = np.concatenate([np.ravel(layer.weight) / np.sqrt(2 / sum(layer.weight.shape)) for layer in layers])
    deviations = (np.mean(scores**2) - 1) / np.sqrt(2 / scores.size)
    assert abs(deviations) < 4


def test_the_mean_image_is_between_none_and_all_ink() -> None:
    weights, _ = autoencoder.tiny()
    image = np.asarray(network.intensities(weights.decoder, np.array([[-800.0], [0.0], [800.0]])))
    assert ((image >= 0) & (image <= 1)).all()
