"""Scrambled Sobol' points, a randomised quasi-Monte Carlo rule: every estimate of K = 2^m draws has a net of its own.

Identity      z_kj = Finv((t_j(c_kj) + u_kj) / K), c_kj the first m digits of Sobol' point pi(k) in component j, t_j a
              nested uniform scrambling: where two numbers first differ a coin of that place decides which is larger,
              and below m digits u is uniform
Variance      of K draws: o(1/K) for any g, about K^-3 (log K)^(d - 1) where the mixed derivatives by the chances are
              bounded. Normal noise has no such bound where g does not die out: see `stratified`, which this is for
              d = 1, in law. Each component is stratified, so the oracle knows the variance of a sum over components.
Requires      samples = 2^m, at most 21,201 components, and noise with a quantile function

Direction numbers: Joe & Kuo (2008), "Constructing Sobol sequences with better two-dimensional projections", as SciPy
carries them. Scrambling: Owen (1995), "Randomly permuted (t, m, s)-nets"; variance: Owen (1997), "Scrambled net
variance for integrals of smooth functions". Several channels have a net each, paired at random: Latin supercube
sampling, Owen (1998). All draws of an estimate depend on each other; each alone has the law of its channel.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from scipy.stats import qmc

from bench.kernels.jit import kernel
from bench.kernels.sfc64 import advance, draw, shuffle
from bench.kernels.strata import bits_inside, inside, without_quantile
from bench.spec import BaseNoise, Floats, Sampler


@lru_cache(maxsize=8)
def points(dimension: int, samples: int) -> Any:
    """[d, K] The first K = 2^m Sobol' points, unscrambled, in units of 1/K: their first m digits are all they have."""
    net = qmc.Sobol(dimension, scramble=False).random_base2(samples.bit_length() - 1)
    return np.ascontiguousarray((net.T * samples).astype(np.int32))


@kernel
def place(state, net, bits, out):
    """out[strips, d, K, columns] <- the points net[d, K], scrambled anew and in another order for each column."""
    a, b, c, counter = state[0], state[1], state[2], state[3]
    samples, last = net.shape[1], np.uint64(1)  # the last of 64 coins in a word
    order, scrambled, coins = np.empty(samples, np.int64), np.empty(samples, np.int64), np.uint64(0)
    for strip in range(out.shape[0]):
        for column in range(out.shape[3]):
            a, b, c, counter = shuffle(a, b, c, counter, order)
            for j in range(out.shape[1]):
                # A digit more at a time: each number so far has two children, and a coin says which is the smaller.
                scrambled[0], size, left = 0, 1, 0
                while size < samples:
                    for n in range(size - 1, -1, -1):
                        if left == 0:
                            a, b, c, counter, coins = advance(a, b, c, counter)
                            left = 64
                        coin = np.int64(coins & last)
                        coins, left = coins >> last, left - 1
                        child = 2 * scrambled[n]
                        scrambled[2 * n], scrambled[2 * n + 1] = child + coin, child + 1 - coin
                    size *= 2
                for k in range(samples):
                    a, b, c, counter, word = advance(a, b, c, counter)
                    out[strip, j, k, column] = (scrambled[net[j, order[k]]] + inside(word, bits)) / samples
    state[0], state[1], state[2], state[3] = a, b, c, counter


def fill(generator: np.random.Generator, channel: BaseNoise, out: Floats) -> None:
    """out[..., d, K, columns] <- a scrambled net of K draws for each column."""
    assert channel.quantile is not None
    dimension, samples, columns = out.shape[-3:]
    strips = out.reshape(-1, dimension, samples, columns, copy=False)
    draw(place, generator, points(dimension, samples), bits_inside(samples), strips)
    channel.quantile(out)


def skip(channels: tuple[BaseNoise, ...], dimension: int, samples: int) -> str | None:
    """A net has 2^m points, and there are direction numbers for so many components."""
    if samples & (samples - 1):
        return f"sobol draws 2^m samples, and {samples} is no power of 2"
    if dimension > qmc.Sobol.MAXDIM:
        return f"sobol has direction numbers for {qmc.Sobol.MAXDIM} components, not for {dimension}"
    return without_quantile("sobol", channels)


def strata(samples: int, dimension: int) -> int:
    """The first digits of a net's points are all there are, in each component."""
    return samples


PLUGIN = Sampler("sobol", fill, coupled="estimate", strata=strata, skip=skip, label="Sobol")
