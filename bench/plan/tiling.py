"""How draws are cut: every size of the engine's loop, from a lap down to a strip.

    lap      |block |block |block |  ...  one block for each of the GROUPS of the jackknife
    block    |tile      |tile      |  ...  what one generator of random numbers draws: BLOCK draws in one dimension
    tile     |segment|segment|segment|  ...      estimates are cut from it: K draws each, what is left over is dropped
    segment    |strip|strip|  ...            its numbers are summed while they are still in the nearest cache
    strip    |draw draw draw ...           computed at once, all components of it; all of a segment in few dimensions

A chunk is what one call of a sampler fills: some strips. Each size divides the one above it.
"""

from functools import cache

GROUPS = 64  # of blocks for the jackknife: the blocks of a lap
BLOCK = 204_800  # draws of a block in one dimension; fewer in more, but always whole tiles
TILE, SEGMENT = 5120, 640  # draws in few dimensions: 64 sums of ten, 8 cache lines
WIDE, WIDE_TILE = 64, 1024  # from so many dimensions on both are shorter, or blocks would grow out of proportion
CHUNK = 131_072  # normals drawn by one call of a sampler
STRIP = 32_768  # normals of a strip, so that it and what is computed from it stay in the cache
MOST_SAMPLES = 32 * TILE  # an estimate of more would not fit a block


def tile_of(dimension: int, samples: int) -> int:
    """Draws of a tile, part of a stream's identity: five or one times 1000 samples, and 2.3 % left over."""
    tile = TILE if dimension < WIDE else WIDE_TILE
    return tile * -(-samples // tile)


def segment_of(dimension: int) -> int:
    """Draws of a segment: a part of the tile."""
    return SEGMENT if dimension < WIDE else WIDE_TILE


@cache
def strip_of(dimension: int) -> int:
    """Draws of a strip: the largest divisor of the segment that fits the cache, a multiple of 8.

    At least 32 draws if memory allows: the overhead of a component is paid once a strip.
    """
    segment, most = segment_of(dimension), max(STRIP, min(32 * dimension, CHUNK * 8))
    fitting = [strip for strip in range(8, segment + 1, 8) if segment % strip == 0 and strip * dimension <= most]
    return max(fitting, default=8)
