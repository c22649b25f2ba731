"""Stratified draws: the K = m^d draws of an estimate lie in m^d cubes of equal chance, one in each.

Identity      z_kj = Finv((c_j(k) + u_kj) / m), c(k) the corner of cube pi(k), pi a permutation, u uniforms
Variance      of K draws: the mean over cubes of the variance in a cube, over K. Where dg/du is bounded, u the chances,
              it falls as K^(-1 - 2/d); of one component as |g'|^2 / (12 K^3), the square's mean over u.
              Normal noise has no such bound where g does not die out: two outermost intervals of chance 1/K have
              ends z near sqrt(2 log K) and keep a variance of (g'(z) / z)^2, so a polynomial's variance falls as K^-2
              with powers of log K (1/log K for z, none for z^2, (log K)^(p - 2) for z^p), of d components as
              K^(-1 - 1/d). K^-3 holds where E (g'(z) / phi(z))^2 is finite, as for exp(-z^2).
Requires      samples = m^d, and noise with a quantile function

All draws of an estimate depend on each other; each alone has the law of its channel. Two channels are stratified each
for itself and paired at random. The oracle knows the variance of a sum over components, so all of one component.
Owen (2013), "Monte Carlo theory, methods and examples", sections 8.4 and 10.1.
Not to be confused with latin_hypercube, which stratifies the components one by one: the same for d = 1.
"""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.sfc64 import advance, draw, shuffle
from bench.kernels.strata import bits_inside, inside, without_quantile
from bench.spec import BaseNoise, Floats, Sampler


@kernel
def place(state, corners, sides, bits, out):
    """out[strips, d, K, columns] <- (corners[d, pi(k)] + u) / sides, a permutation pi for each column."""
    a, b, c, counter = state[0], state[1], state[2], state[3]
    order = np.empty(out.shape[2], np.int64)
    for strip in range(out.shape[0]):
        for column in range(out.shape[3]):
            a, b, c, counter = shuffle(a, b, c, counter, order)
            for j in range(out.shape[1]):
                for k in range(order.size):
                    a, b, c, counter, word = advance(a, b, c, counter)
                    out[strip, j, k, column] = (corners[j, order[k]] + inside(word, bits)) / sides
    state[0], state[1], state[2], state[3] = a, b, c, counter


def fill(generator: np.random.Generator, channel: BaseNoise, out: Floats) -> None:
    """out[..., d, K, columns] <- a draw in each cube, for each column."""
    assert channel.quantile is not None
    dimension, samples, columns = out.shape[-3:]
    sides = strata(samples, dimension)
    corners = np.arange(samples) // sides ** np.arange(dimension)[:, np.newaxis] % sides
    strips = out.reshape(-1, dimension, samples, columns, copy=False)
    draw(place, generator, corners, sides, bits_inside(sides), strips)
    channel.quantile(out)


def skip(channels: tuple[BaseNoise, ...], dimension: int, samples: int) -> str | None:
    """Draws are placed by quantiles, one in each cube."""
    if strata(samples, dimension) ** dimension != samples:
        return f"stratified draws m^{dimension} samples in {dimension} components, and {samples} is no such power"
    return without_quantile("stratified", channels)


def strata(samples: int, dimension: int) -> int:
    """m, the intervals along each component: the root of the number of draws, to a whole number."""
    return round(math.pow(samples, 1 / dimension))


PLUGIN = Sampler("stratified", fill, coupled="estimate", strata=strata, skip=skip)
