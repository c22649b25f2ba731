"""A mutant: independent draws, but all components share their noise."""

import numpy as np

from bench.kernels.normal import NORMAL
from bench.spec import Sampler


def fill(generator, channel, out):
    """The planted error."""
    first = np.empty(out[..., :1, :, :].shape)
    channel.fill(generator, first)
    out[...] = first


def skip(channels, dimension, samples):
    """Written for normal noise."""
    return None if channels == (NORMAL,) else "shared_components draws normal noise only"


PLUGIN = Sampler("shared_components", fill, skip=skip)
