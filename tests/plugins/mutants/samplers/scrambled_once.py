"""A mutant: Sobol' points that are scrambled once a fill, not once an estimate."""

import numpy as np

from bench.samplers import sobol
from bench.spec import Sampler


def fill(generator, channel, out):
    """The planted error: all estimates have the first one's points."""
    first = np.empty((*out.shape[-3:-1], 1))
    sobol.fill(generator, channel, first)
    out[...] = first


PLUGIN = Sampler("scrambled_once", fill, coupled="estimate", strata=sobol.strata, skip=sobol.skip)
