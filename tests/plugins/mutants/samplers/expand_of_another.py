"""A mutant: antithetic draws whose nodes stand for two equal ones."""

import numpy as np

from bench.kernels.normal import NORMAL
from bench.spec import Sampler


def fill(generator, channel, out):
    """The planted error."""
    half = np.empty(out[..., 0, :].shape)
    channel.fill(generator, half)
    out[..., 0, :] = half
    out[..., 1, :] = -half


def skip(channels, dimension, samples):
    """Written for normal noise."""
    return None if channels == (NORMAL,) else "expand_of_another draws normal noise only"


PLUGIN = Sampler(
    "expand_of_another", fill, coupled=2, expand=lambda channel, nodes: np.array([nodes, nodes]), skip=skip
)
