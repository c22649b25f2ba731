"""How draws are cut: every size of the engine's loop, from a lap down to a strip.

    lap      |block |block |block |  ...  one block for each of the GROUPS of the jackknife
    block    |tile      |tile      |  ...  what the generators of one block number draw: BLOCK / d draws, in whole tiles
    tile     |segment|segment|segment|  ...  tile // K estimates of K draws each, cut as `engine/reduce.py` says
    segment    |strip|strip|  ...            its numbers are summed while they are still in the nearest cache
    strip    |draw draw draw ...           computed at once, all components of it; all of a segment in few dimensions

Each size divides the one above it. A chunk is what one call of a sampler fills, some strips; the last one of a block
may be shorter. How many laps are run is decided in `engine/stages.py`, by the precision and the budget of the sweep.
"""

from functools import cache

GROUPS = 64  # of the jackknife; each lap adds one block to each
BLOCK = 204_800  # normals per channel in a block; draws = BLOCK / d in whole tiles, at least one
TILE, SEGMENT = 5120, 640  # draws; a segment gives 64 sums of ten draws = 8 cache lines
WIDE, WIDE_TILE = (
    64,
    1024,
)  # from so many dimensions on tiles start shorter, for a block holds one, and segments are longer
CHUNK = 131_072  # normals drawn by one call of a sampler
STRIP = 32_768  # normals of a strip, so that it and what is computed from it stay in the cache
MOST_SAMPLES = 32 * TILE  # a chosen cap: each estimator in each cell may buffer a tile, which holds an estimate


def tile_of(dimension: int, samples: int) -> int:
    """Draws of a tile, part of a stream's identity: the smallest multiple of the base tile that holds K = `samples`.

    K = 1000: five estimates (one where wide), 2.3 % of the draws unused. Just above a multiple of the base tile, or
    above half of it, up to half is unused.
    """
    tile = TILE if dimension < WIDE else WIDE_TILE
    return tile * -(-samples // tile)


def segment_of(dimension: int) -> int:
    """Draws of a segment; it divides the tile."""
    return SEGMENT if dimension < WIDE else WIDE_TILE


@cache
def strip_of(dimension: int) -> int:
    """Draws of a strip: the largest divisor of the segment that fits the cache, a multiple of 8.

    At least 32 draws if memory allows: the overhead of the loop over components is paid once a strip.
    """
    segment, most = segment_of(dimension), max(STRIP, min(32 * dimension, CHUNK * 8))
    fitting = [strip for strip in range(8, segment + 1, 8) if segment % strip == 0 and strip * dimension <= most]
    return max(fitting, default=8)
