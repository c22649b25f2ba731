"""Latin hypercube sampling: the K draws of an estimate lie in K intervals of equal chance, one in each, per component.

Identity      z_kj = Finv((pi_j(k) + u_kj) / K), a permutation pi_j for each component and channel, uniforms u
Variance      of K draws: the variance of what g has besides a sum over components, over K, and less than 1/K of the
              rest: Var = (Var(g) - sum_j Var(g_j)) / K + o(1/K), g_j the part of g that reads component j alone.
              A sum over components is integrated as `stratified` integrates one; the oracle knows its variance, and
              no other one.
Requires      noise with a quantile function

Of one component it is stratified sampling. All draws of an estimate depend on each other; each alone has the law of
its channel. McKay, Beckman & Conover (1979); Stein (1987), "Large sample properties of simulations using Latin
hypercube sampling", section 2; Owen (1992), "A central limit theorem for Latin hypercube sampling".
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.sfc64 import advance, draw, shuffle
from bench.kernels.strata import bits_inside, inside, without_quantile
from bench.spec import BaseNoise, Floats, Sampler


@kernel
def place(state, bits, out):
    """out[components, K, columns] <- (pi(k) + u) / K, a permutation pi for each component and column."""
    a, b, c, counter = state[0], state[1], state[2], state[3]
    order = np.empty(out.shape[1], np.int64)
    for j in range(out.shape[0]):
        for column in range(out.shape[2]):
            a, b, c, counter = shuffle(a, b, c, counter, order)
            for k in range(order.size):
                a, b, c, counter, word = advance(a, b, c, counter)
                out[j, k, column] = (order[k] + inside(word, bits)) / order.size
    state[0], state[1], state[2], state[3] = a, b, c, counter


def fill(generator: np.random.Generator, channel: BaseNoise, out: Floats) -> None:
    """out[..., d, K, columns] <- a Latin hypercube of K draws for each column."""
    assert channel.quantile is not None
    samples, columns = out.shape[-2:]
    draw(place, generator, bits_inside(samples), out.reshape(-1, samples, columns, copy=False))
    channel.quantile(out)


def skip(channels: tuple[BaseNoise, ...], dimension: int, samples: int) -> str | None:
    """Draws are placed by quantiles."""
    return without_quantile("latin_hypercube", channels)


def strata(samples: int, dimension: int) -> int:
    """Each draw of a component has an interval of its own."""
    return samples


PLUGIN = Sampler("latin_hypercube", fill, coupled="estimate", strata=strata, skip=skip, label="Latin hypercube")
