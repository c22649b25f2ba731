"""A mutant: antithetic draws whose mirror image lies 0.1 % too far out."""

import numpy as np

from bench.kernels.normal import NORMAL
from bench.spec import Sampler


def fill(generator, channel, out):
    """The planted error."""
    half = np.empty(out[..., 0, :].shape)
    channel.fill(generator, half)
    out[..., 0, :] = half
    out[..., 1, :] = -1.001 * half


def skip(channels, dimension, samples):
    """Written for normal noise."""
    return None if channels == (NORMAL,) else "mirror_off draws normal noise only"


PLUGIN = Sampler("mirror_off", fill, coupled=2, expand=lambda channel, z: np.array([z, -z]), skip=skip)
