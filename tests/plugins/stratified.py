"""Stratified draws: the K draws of an estimate lie in K intervals of equal chance, one in each.

Owen (2013), Monte Carlo theory, methods and examples, section 8.4.
All draws of an estimate depend on each other; each alone has the law of the channel.
"""

import numpy as np
from scipy import special

from bench.kernels.normal import NORMAL
from bench.spec import Sampler


def fill(generator, channel, out):
    """out[..., d, K, columns] <- Phi^-1((pi(k) + u) / K), a permutation pi and uniforms u for each column."""
    strata = np.arange(out.shape[-2], dtype=float)[:, np.newaxis]
    ranks = generator.permuted(np.broadcast_to(strata, out.shape), axis=-2)
    special.ndtri((ranks + generator.random(out.shape)) / out.shape[-2], out=out)


def skip(channels):
    """Written for normal noise."""
    return None if channels == (NORMAL,) else "stratified draws normal noise only"


PLUGIN = Sampler("stratified", fill, coupled="estimate", skip=skip)
