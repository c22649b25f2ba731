"""Independent draws, the plain Monte Carlo of every textbook."""

import numpy as np

from bench.spec import BaseNoise, Floats, Sampler


def fill(generator: np.random.Generator, channel: BaseNoise, out: Floats) -> None:
    """Overwrite `out` with the channel's own draws; for standard normals that is `bench.kernels.ziggurat`."""
    channel.fill(generator, out)


PLUGIN = Sampler(name="iid", fill=fill, label="independent")
