"""Independent draws, the plain Monte Carlo of every textbook."""

import numpy as np

from bench.spec import BaseNoise, Floats, Sampler


def fill(generator: np.random.Generator, channel: BaseNoise, out: Floats) -> None:
    """Draw as the channel does."""
    channel.fill(generator, out)


PLUGIN = Sampler(name="iid", fill=fill)
