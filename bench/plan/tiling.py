"""How draws are cut: every size of the engine's loop, from a lap down to a strip.

    lap      |block |block |block |  ...  one block for each of the groups of the jackknife
    block    |tile      |tile      |  ...  what the generators of one block number draw: BLOCK / d draws, in whole tiles
    tile     |segment|segment|segment|  ...  tile // K estimates of K draws each, cut as `engine/reduce.py` says
    segment    |strip|strip|  ...            its numbers are summed while they are still in the nearest cache
    strip    |draw draw draw ...           computed at once, all components of it; all of a segment in few dimensions

Each size divides the one above it. A chunk is what one call of a sampler fills, some strips; the last one of a block
may be shorter. How many laps are run is decided in `engine/stages.py`, by the precision and the budget of the sweep.
Where the budget is smaller than a lap, blocks shrink, then tiles and the number of groups do: f may be expensive.
"""

from dataclasses import dataclass
from functools import cache

from bench.config.checks import bad

GROUPS = 64  # of the jackknife; each lap adds one block to each
BLOCK = 204_800  # normals per channel in a block; draws = BLOCK / d in whole tiles, at least one
TILE, SEGMENT = 5120, 640  # draws; a segment gives 64 sums of ten draws = 8 cache lines
# From so many dimensions on tiles are shorter, for a block holds one, and so are segments, to be one strip.
WIDE, WIDE_TILE, WIDE_SEGMENT = 64, 2000, 400
CHUNK = 131_072  # normals drawn by one call of a sampler
STRIP = 51_200  # normals of a strip, so that it and what is computed from it stay in the cache
MOST_SAMPLES = 32 * TILE  # a chosen cap: each estimator in each cell may buffer a tile, which holds an estimate
FEWEST_GROUPS, FEWEST_REPLICATES = 8, 64  # that still give an interval: of the jackknife, and of a group


@dataclass(frozen=True, slots=True)
class Cut:
    """The sizes of a stream, in draws but for the block."""

    tile: int
    segment: int
    strip: int
    block: int = BLOCK  # normals per channel
    groups: int = GROUPS


def tile_of(dimension: int, samples: int) -> int:
    """Draws of a tile, part of a stream's identity: the smallest multiple of the base tile that holds K = `samples`.

    K = 1000: five estimates, 2.3 % of the draws unused; where wide two, and none unused. Just above a multiple of the
    base tile, or above half of it, up to half is unused.
    """
    tile = TILE if dimension < WIDE else WIDE_TILE
    return tile * -(-samples // tile)


def segment_of(dimension: int) -> int:
    """Draws of a segment; it divides the tile."""
    return SEGMENT if dimension < WIDE else WIDE_SEGMENT


@cache
def strip_of(dimension: int, segment: int, coupled: int = 1) -> int:
    """Draws of a strip: the largest divisor of the segment that fits the cache, a multiple of 8 and of coupled draws.

    At least 40 draws if memory allows: the overhead of the loop over components is paid once a strip.
    """
    step = coupled if 8 % coupled else 8
    most = max(STRIP, min(40 * dimension, CHUNK * 8))
    fitting = [strip for strip in range(step, segment + 1, step) if segment % strip == 0 and strip * dimension <= most]
    return max(fitting, default=step)


def fewest(dimension: int, samples: int, channels: int) -> int:
    """The fewest normals of a stream that give an interval."""
    return FEWEST_GROUPS * FEWEST_REPLICATES * samples * dimension * channels


def cut(dimension: int, samples: int, coupled: int, channels: int, budget: int | None) -> Cut:
    """The sizes for estimates of up to K = `samples` draws. BadInput where the budget is too small for an interval.

    Without a budget nothing shrinks. Where all draws of an estimate are coupled, and so many do not divide 8, segments
    are made of whole estimates.
    """
    tile, segment = tile_of(dimension, samples), segment_of(dimension)
    if 8 % coupled:
        segment = coupled * -(-segment // coupled)
        tile = segment * -(-tile // segment)
    strip = strip_of(dimension, segment, coupled)
    if budget is None:
        return Cut(tile, segment, strip)
    normals = budget // channels
    if normals >= GROUPS * tile * dimension:
        return Cut(tile, segment, strip, min(BLOCK, normals // GROUPS))
    needed = fewest(dimension, samples, channels)
    times = normals // (needed // channels)
    if times < 1:
        raise bad("budget", budget, f"a whole number >= {needed}, for samples={samples} in dimension {dimension}")
    tile = FEWEST_REPLICATES * samples * times
    return Cut(tile, tile, strip_of(dimension, tile, coupled), tile * dimension, FEWEST_GROUPS)
