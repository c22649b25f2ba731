"""A mutant: stratified draws that lie at the same place in all intervals of an estimate."""

import numpy as np
from scipy import special

from bench.kernels.normal import NORMAL
from bench.spec import Sampler


def fill(generator, channel, out):
    """The planted error: one uniform for each column."""
    strata = np.broadcast_to(np.arange(out.shape[-2], dtype=float)[:, np.newaxis], out.shape)
    jitter = generator.random(out[..., :1, :].shape)
    special.ndtri((generator.permuted(strata, axis=-2) + jitter) / out.shape[-2], out=out)


def skip(channels, dimension, samples):
    """Written for normal noise."""
    return None if channels == (NORMAL,) else "shared_jitter draws normal noise only"


PLUGIN = Sampler("shared_jitter", fill, coupled="estimate", strata=lambda samples, dimension: samples, skip=skip)
