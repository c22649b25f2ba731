"""A mutant: data that are drawn anew whenever they are asked for."""

import numpy as np

from bench.spec import Dataset

GENERATOR = np.random.default_rng(1)


def load(dataset_size):
    """The planted error: a generator that goes on."""
    return GENERATOR.standard_normal(10)[:dataset_size]


PLUGIN = Dataset("other_each_time", load)
