"""The noise of a descent: keyed by what it is for, so that a learner's draws do not hang on the other learners.

A generator serves one channel of one block of replicates for one stretch of steps. Its key holds the seed, the sampler,
the dimension, the number of samples, the channel, the block and the stretch: more replicates or more steps leave those
that there were as they are, and a descent can go on from any stretch.
"""

import hashlib

import numpy as np

from bench.descent.learners import BLOCK, Group
from bench.engine.noise import empty
from bench.spec import Floats

SPREAD = "spread"  # draws beside the path, of which none is stepped with


def drawn(group: Group, seed: int, block: int, stretch: int, steps: int, purpose: str = "step") -> Floats:
    """noise[steps, channels, d, coupled * replicates * columns] of the first steps of a stretch."""
    stream, samples = group.stream, group.samples
    noise = empty(steps, len(stream.channels), stream.dimension, BLOCK * samples)
    for c, channel in enumerate(stream.channels):
        content = f"descent\0{purpose}\0{stream.sampler.name}\0{stream.dimension}\0{samples}\0{channel.name}"
        words = np.frombuffer(hashlib.sha256(content.encode()).digest(), "<u4")
        generator = np.random.Generator(
            np.random.SFC64(np.random.SeedSequence([seed, *map(int, words), block, stretch]))
        )
        target = np.empty((steps, stream.dimension, stream.coupled, BLOCK * samples // stream.coupled))
        stream.sampler.fill(generator, channel, target)
        noise[:, c] = target.reshape(steps, stream.dimension, -1)
    return noise
