"""A mutant: data whose order hangs on how many are asked for, so fewer are not the first of more."""

import numpy as np

from bench.spec import Dataset


def load(dataset_size):
    """The planted error: the seed is the size."""
    size = 10 if dataset_size is None else dataset_size
    return np.random.default_rng(size).standard_normal(size)


PLUGIN = Dataset("reshuffled", load)
