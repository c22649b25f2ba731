"""What pictures show of the last weights: ten held-out digits and what is made of them, and where q_i lie for L = 2."""

from collections.abc import Iterator
from typing import Any

import jax.numpy as jnp
import numpy as np

from bench.vae import network
from bench.vae.digits import Digits
from bench.vae.network import PIXELS, Weights
from bench.vae.settings import Fit

DIGITS, PLANE = 10, 2
PLACES = 4  # significant digits of what is only looked at


def originals(held_out: Digits) -> Iterator[dict[str, Any]]:
    """The first held-out digit of each class, as rows of reconstructions.csv: no estimator."""
    missing = {"dimension": None, "samples": None, "entropy": "", "estimator": ""}
    for place in _places(held_out):
        yield {**missing, "digit": int(held_out.labels[place]), **_pixels(held_out.images[place])}


def reconstructions(fit: Fit, weights: Weights, held_out: Digits) -> Iterator[dict[str, Any]]:
    """The mean images of p(x | z = mu_i) of the same digits."""
    places = _places(held_out)
    mu, _ = network.encode(weights.encoder, jnp.asarray(held_out.images[places]))
    for place, image in zip(places, np.asarray(network.intensities(weights.decoder, mu)), strict=True):
        yield {**names(fit), "digit": int(held_out.labels[place]), **_pixels(image)}


def latents(fit: Fit, weights: Weights, held_out: Digits) -> Iterator[dict[str, Any]]:
    """Mu and sigma of q_i of every held-out digit, as rows of latents.csv; none unless L is 2."""
    if fit.dimension != PLANE:
        return
    mu, log_sigma = map(np.asarray, network.encode(weights.encoder, jnp.asarray(held_out.images)))
    for i, label in enumerate(held_out.labels):
        ends = {f"{name}_{j + 1}": _short(values[i, j]) for name, values in _both(mu, log_sigma) for j in range(PLANE)}
        yield {**names(fit), "datum": i, "digit": int(label), **ends}


def names(fit: Fit) -> dict[str, Any]:
    """The columns that name a fit."""
    return {
        "dimension": fit.dimension,
        "samples": fit.samples,
        "entropy": fit.method.entropy,
        "estimator": fit.method.estimator,
    }


def _both(mu: Any, log_sigma: Any) -> list[tuple[str, Any]]:
    with np.errstate(over="ignore"):
        return [("mu", mu), ("sigma", np.exp(log_sigma))]


def _places(held_out: Digits) -> list[int]:
    """The first of each class that there is."""
    firsts = {int(label): i for i, label in reversed(list(enumerate(held_out.labels)))}
    return [firsts[label] for label in sorted(firsts)][:DIGITS]


def _pixels(image: Any) -> dict[str, float]:
    return {f"pixel_{i}": _short(image[i]) for i in range(PIXELS)}


def _short(value: float) -> float:
    return float(f"{value:.{PLACES}g}")
