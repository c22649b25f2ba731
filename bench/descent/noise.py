"""The noise of a descent: keyed by what it is for, so that a learner's draws do not hang on the other learners.

A generator serves one channel of one block of replicates for one stretch of steps. Its key holds the seed, the sampler,
the dimension, the number of samples, the channel, the block and the stretch: more replicates leave those that there
were as they are, and a descent can go on from any stretch.
"""

import numpy as np

from bench.descent.learners import BLOCK, Group
from bench.engine.noise import empty, generator
from bench.kernels.uniform import BATCH
from bench.spec import Floats

SPREAD = "spread"  # draws beside the path, of which none is stepped with


def buffer(group: Group, steps: int) -> Floats:
    """noise[steps, r, channels, d, draws] Space for the noise of some steps of a block."""
    return empty(steps, BLOCK, len(group.stream.channels), group.stream.dimension, group.samples)


def draw(group: Group, seed: int, block: int, stretch: int, noise: Floats, purpose: str = "step") -> None:
    """Overwrite noise[steps, ...] with that of the first steps of a stretch."""
    stream, samples = group.stream, group.samples
    for c, channel in enumerate(stream.channels):
        content = f"descent\0{purpose}\0{stream.sampler.name}\0{stream.dimension}\0{samples}\0{channel.name}"
        if channel == BATCH:  # one for each estimate
            of_estimates = np.empty(noise.shape[:2])
            channel.fill(generator(content, seed, block, stretch), of_estimates)
            noise[:, :, c] = of_estimates[..., np.newaxis, np.newaxis]
            continue
        # The sampler needs contiguous memory, which noise[:, :, c] is not where there are several channels.
        target = noise[:, :, c] if noise.shape[2] == 1 else np.empty(noise[:, :, c].shape)
        stream.sampler.fill(
            generator(content, seed, block, stretch), channel, target.reshape(*target.shape[:3], stream.coupled, -1)
        )
        if noise.shape[2] > 1:
            noise[:, :, c] = target
