"""Synthetic data: n independent normals with a given mean and standard deviation, from their own seed.

The first n values of one stream, so a smaller dataset is the beginning of a larger one.
"""

import numpy as np

from bench.config.checks import bad, positive, real, whole
from bench.spec import Dataset, Floats


def load(dataset_size: int | None, mean: float, standard_deviation: float, seed: int) -> Floats:
    """x[n] ~ N(mean, standard_deviation^2); an endless source, so dataset_size must be given."""
    if dataset_size is None:
        raise bad("dataset_size", dataset_size, "a whole number >= 1; data=normal has no end of its own")
    generator = np.random.Generator(np.random.PCG64(whole("data.seed", seed, 0)))
    noise = generator.standard_normal(dataset_size)
    return real("data.mean", mean) + positive("data.standard_deviation", standard_deviation) * noise


PLUGIN = Dataset(name="normal", load=load, parameters={"mean": 0.0, "standard_deviation": 1.0, "seed": 0})
