"""How draws are cut: every size divides the one above it, whatever the dimension and the samples."""

import math

import pytest

from bench.plan import tiling
from bench.plan.tiling import segment_of, strip_of, tile_of

DIMENSIONS = (1, 2, 7, 63, 64, 100, 1000, 10_000, 10**6)


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("samples", [1, 1000, 1024, 5120, 5121, tiling.MOST_SAMPLES])
def test_strips_divide_segments_and_segments_tiles(dimension: int, samples: int) -> None:
    assert segment_of(dimension) % strip_of(dimension) == 0
    assert tile_of(dimension, samples) % segment_of(dimension) == 0


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_strip_holds_whole_vectors_and_fits_the_cache(dimension: int) -> None:
    """A multiple of 8 draws; 32 or more where they fit a megabyte of normals."""
    strip = strip_of(dimension)
    assert strip % 8 == 0
    assert dimension * strip <= max(8 * dimension, tiling.STRIP, 2**20)
    assert strip >= (32 if 32 * dimension <= 2**20 else 8)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_strip_is_the_largest_that_fits(dimension: int) -> None:
    strip, segment = strip_of(dimension), segment_of(dimension)
    most = max(tiling.STRIP, min(32 * dimension, 2**20)) / dimension
    larger = [draws for draws in range(strip + 8, segment + 1, 8) if segment % draws == 0]
    assert all(draws > most for draws in larger)


@pytest.mark.parametrize("dimension", [1, 64])
def test_a_tile_is_the_smallest_multiple_that_holds_an_estimate(dimension: int) -> None:
    least = tile_of(dimension, 1)
    for samples in (1, least - 1, least, least + 1, 3 * least):
        assert tile_of(dimension, samples) == math.ceil(samples / least) * least


def test_many_dimensions_have_shorter_tiles_of_one_segment() -> None:
    assert (tile_of(63, 1), segment_of(63)) == (tiling.TILE, tiling.SEGMENT)
    assert tile_of(64, 1) == segment_of(64) == tiling.WIDE_TILE


def test_the_longest_estimate_fits_a_block() -> None:
    assert tile_of(1, tiling.MOST_SAMPLES) <= tiling.BLOCK < 2 * tile_of(1, tiling.MOST_SAMPLES)
