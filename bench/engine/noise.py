"""The noise of a block: its generators, and the strips that they fill.

A generator is keyed by the seed, by what is drawn (sampler, dimension, tile, channel, and how a tile is cut where that
is not the rule) and by the block's number, not by grid position: another value on an axis leaves all other draws as
they are.
"""

import hashlib
import math
from collections.abc import Iterator

import numpy as np

from bench.kernels.uniform import BATCH
from bench.plan.streams import Stream, coupled_of
from bench.plan.tiling import CHUNK, segment_of
from bench.spec import Floats

LINE = 8  # numbers of a cache line


def tiles_of(stream: Stream) -> int:
    """Tiles of a block."""
    return max(1, stream.cut.block // (stream.dimension * stream.cut.tile))


def generators(stream: Stream, seed: int, block: int) -> list[np.random.Generator]:
    """A generator for each noise channel of a block, keyed by (seed, sampler, d, tile, channel, block)."""

    def of(channel: str) -> np.random.Generator:
        content = f"{stream.sampler.name}\0{stream.dimension}\0{stream.cut.tile}\0{channel}"
        if stream.cut.segment != segment_of(stream.dimension):
            content += f"\0{stream.cut.segment}\0{stream.coupled}"
        return generator(content, seed, block)

    return [of(channel.name) for channel in stream.channels]


def generator(content: str, seed: int | None = None, *numbers: int) -> np.random.Generator:
    """The generator of what is drawn, which `content` names; keyed by its digest between the seed and whole numbers."""
    words = np.frombuffer(hashlib.sha256(content.encode()).digest(), "<u4")
    key = [*([] if seed is None else [seed]), *map(int, words), *numbers]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(key)))


def spans(stream: Stream, tiles: int) -> Iterator[tuple[int, int]]:
    """(first strip, strips) of each chunk of a block of `tiles` tiles."""
    strip = stream.cut.strip
    total, size = tiles * stream.cut.tile // strip, max(1, CHUNK // (stream.dimension * strip))
    for first in range(0, total, size):
        yield first, min(size, total - first)


def buffer(stream: Stream, tiles: int) -> Floats:
    """[strips, channels, d, strip] Space for the largest chunk of a block of `tiles` tiles."""
    size = max(size for _, size in spans(stream, tiles))
    return empty(size, len(stream.channels), stream.dimension, stream.cut.strip)


def draw(stream: Stream, sources: list[np.random.Generator], noise: Floats) -> None:
    """Overwrite noise[strips, channels, d, strip] through the sampler, each channel from its own generator."""
    # The sampler needs contiguous memory, which noise[:, c] is not where there are several channels.
    coupled = coupled_of(stream.sampler, stream.coupled)
    for c, (generator, channel) in enumerate(zip(sources, stream.channels, strict=True)):
        if channel == BATCH:  # one for each column of draws, that is an estimate, whatever the sampler
            of_estimates = np.empty((noise.shape[0], noise.shape[3] // stream.coupled))
            channel.fill(generator, of_estimates)
            noise[:, c] = np.tile(of_estimates, stream.coupled)[:, np.newaxis]
            continue
        target = noise[:, c] if len(sources) == 1 else np.empty(noise[:, c].shape)
        stream.sampler.fill(generator, channel, target.reshape(*target.shape[:2], coupled, -1))
        if len(sources) > 1:
            noise[:, c] = target


def empty(*shape: int) -> Floats:
    """An array aligned to a cache line: vector loads across the boundary of two lines cost double."""
    size = math.prod(shape)
    memory = np.empty(size + LINE)
    begin = -memory.ctypes.data // memory.itemsize % LINE
    return memory[begin : begin + size].reshape(shape)
