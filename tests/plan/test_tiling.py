"""How draws are cut: every size divides the one above it, whatever the dimension and the samples."""

import math

import pytest

from bench.errors import BadInput
from bench.plan import tiling
from bench.plan.tiling import Cut, cut, segment_of, tile_of

DIMENSIONS = (1, 2, 7, 63, 64, 100, 1000, 10_000, 10**6)


def strip_of(dimension: int) -> int:
    """Draws of a strip where nothing shrinks."""
    return tiling.strip_of(dimension, segment_of(dimension))


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("samples", [1, 1000, 1024, 5120, 5121, tiling.MOST_SAMPLES])
def test_strips_divide_segments_and_segments_tiles(dimension: int, samples: int) -> None:
    assert segment_of(dimension) % strip_of(dimension) == 0
    assert tile_of(dimension, samples) % segment_of(dimension) == 0


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_strip_holds_whole_vectors_and_fits_the_cache(dimension: int) -> None:
    """A multiple of 8 draws; 40 or more where they fit a megabyte of normals."""
    strip = strip_of(dimension)
    assert strip % 8 == 0
    assert dimension * strip <= max(8 * dimension, tiling.STRIP, 2**20)
    assert strip >= (40 if 40 * dimension <= 2**20 else 8)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_strip_is_the_largest_that_fits(dimension: int) -> None:
    strip, segment = strip_of(dimension), segment_of(dimension)
    most = max(tiling.STRIP, min(40 * dimension, 2**20)) / dimension
    larger = [draws for draws in range(strip + 8, segment + 1, 8) if segment % draws == 0]
    assert all(draws > most for draws in larger)


@pytest.mark.parametrize("dimension", [1, 64])
def test_a_tile_is_the_smallest_multiple_that_holds_an_estimate(dimension: int) -> None:
    least = tile_of(dimension, 1)
    for samples in (1, least - 1, least, least + 1, 3 * least):
        assert tile_of(dimension, samples) == math.ceil(samples / least) * least


def test_many_dimensions_have_shorter_tiles_and_segments() -> None:
    assert (tile_of(63, 1), segment_of(63)) == (tiling.TILE, tiling.SEGMENT)
    assert (tile_of(64, 1), segment_of(64)) == (tiling.WIDE_TILE, tiling.WIDE_SEGMENT)


def test_the_longest_estimate_fits_a_block() -> None:
    assert tile_of(1, tiling.MOST_SAMPLES) <= tiling.BLOCK < 2 * tile_of(1, tiling.MOST_SAMPLES)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_without_a_budget_nothing_shrinks(dimension: int) -> None:
    tile, segment = tile_of(dimension, 10), segment_of(dimension)
    assert cut(dimension, 10, 1, 1, None) == Cut(tile, segment, strip_of(dimension), tiling.BLOCK, tiling.GROUPS)
    assert cut(dimension, 10, 1, 1, 10**12) == cut(dimension, 10, 1, 1, None)


BUDGETS = [10**power * factor for power in range(3, 10) for factor in (1, 2, 5)]


@pytest.mark.parametrize("dimension", [1, 7, 200])
@pytest.mark.parametrize("samples", [1, 7, 100])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_lap_fits_the_budget_or_the_budget_is_refused(dimension: int, samples: int, channels: int) -> None:
    """And where groups are few, each has enough estimates for an interval."""
    least = tiling.FEWEST_GROUPS * tiling.FEWEST_REPLICATES * samples * dimension * channels
    for budget in BUDGETS:
        if budget < least:
            with pytest.raises(BadInput) as caught:
                cut(dimension, samples, 1, channels, budget)
            assert str(caught.value) == (
                f"budget={budget} is not allowed; allowed: a whole number >= {least}, "
                f"for samples={samples} in dimension {dimension}"
            )
            continue
        sizes = cut(dimension, samples, 1, channels, budget)
        tiles = max(1, sizes.block // (dimension * sizes.tile))
        assert sizes.groups * tiles * sizes.tile * dimension * channels <= budget
        assert sizes.tile % sizes.segment == sizes.segment % sizes.strip == 0
        assert tiling.FEWEST_GROUPS <= sizes.groups <= tiling.GROUPS
        assert sizes.groups == tiling.GROUPS or tiles * (sizes.tile // samples) >= tiling.FEWEST_REPLICATES


def test_the_least_budget_is_enough() -> None:
    least = 8 * 64 * 7 * 3 * 2
    assert cut(3, 7, 1, 2, least) == Cut(448, 448, 448, 448 * 3, 8)
    with pytest.raises(BadInput, match=f"a whole number >= {least}"):
        cut(3, 7, 1, 2, least - 1)


def test_a_smaller_budget_shrinks_blocks_first_and_groups_last() -> None:
    """A lap of 64 blocks of a tile still has the tiles of the rule; below it tiles are as long as the budget allows."""
    lap = tiling.GROUPS * tile_of(1, 1)
    assert cut(1, 1, 1, 1, lap) == Cut(tiling.TILE, tiling.SEGMENT, strip_of(1), tiling.TILE, tiling.GROUPS)
    assert cut(1, 1, 1, 1, 3 * lap).block == 3 * tiling.TILE
    below = cut(1, 1, 1, 1, lap - 1)
    assert (below.groups, below.tile) == (tiling.FEWEST_GROUPS, 64 * ((lap - 1) // (8 * 64)))


@pytest.mark.parametrize("samples", [1, 2, 3, 5, 6, 7, 8, 9, 10, 100, 5000])
@pytest.mark.parametrize("dimension", [1, 3, 200])
@pytest.mark.parametrize("budget", [None, 10**9])
def test_draws_that_are_all_coupled_make_segments_of_whole_estimates(
    dimension: int, samples: int, budget: int | None
) -> None:
    sizes = cut(dimension, samples, samples, 1, budget)
    assert sizes.strip % samples == 0
    assert sizes.segment % sizes.strip == sizes.tile % sizes.segment == 0
