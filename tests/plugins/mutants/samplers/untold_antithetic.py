"""A mutant: antithetic draws that say they are independent."""

import numpy as np

from bench.kernels.normal import NORMAL
from bench.spec import Sampler


def fill(generator, channel, out):
    """The planted error."""
    half = np.empty((*out.shape[:-1], out.shape[-1] // 2))
    channel.fill(generator, half)
    out[..., : half.shape[-1]] = half
    out[..., half.shape[-1] :] = -half


def skip(channels, dimension, samples):
    """Written for normal noise."""
    return None if channels == (NORMAL,) else "untold_antithetic draws normal noise only"


PLUGIN = Sampler("untold_antithetic", fill, skip=skip)
