"""A mutant: draws that are 3 % too wide."""

from bench.kernels.normal import NORMAL
from bench.spec import Sampler


def fill(generator, channel, out):
    """The planted error."""
    channel.fill(generator, out)
    out *= 1.03


def skip(channels, dimension, samples):
    """Written for normal noise."""
    return None if channels == (NORMAL,) else "too_wide draws normal noise only"


PLUGIN = Sampler("too_wide", fill, skip=skip)
