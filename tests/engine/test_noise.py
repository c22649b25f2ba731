"""The noise of a block: keyed by what is drawn, cut into chunks that cover it, laid out for the kernels."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import special

from bench.engine.noise import LINE, buffer, draw, empty, generators, spans, tiles_of
from bench.kernels.normal import NORMAL
from bench.plan.streams import Stream
from bench.plan.tiling import CHUNK, TILE, WIDE_TILE, Cut, cut, segment_of, strip_of
from bench.spec import BaseNoise, Floats
from tests.support.cases import EVERYTHING

SECOND = BaseNoise("second", NORMAL.fill, NORMAL.rule)


def stream(
    sampler: str = "iid", dimension: int = 1, tile: int = TILE, channels: tuple[BaseNoise, ...] = (NORMAL,)
) -> Stream:
    """A stream that serves no cell: it only draws."""
    plugin, segment = EVERYTHING.get("sampler", sampler), segment_of(dimension)
    cut = Cut(tile, segment, strip_of(dimension, segment))
    return Stream(plugin, dimension, plugin.coupled, cut, channels, ())


def drawn(drawing: Stream, seed: int = 0, block: int = 0) -> Floats:
    """The first chunk of a tile: noise[strips, channels, d, strip]."""
    noise = buffer(drawing, 1)
    draw(drawing, generators(drawing, seed, block), noise)
    return noise


def test_the_stream_is_that_of_numpy() -> None:
    (generator,) = generators(stream(), 3, 4)
    noise = drawn(stream(), 3, 4)
    np.testing.assert_array_equal(noise.reshape(-1), generator.standard_normal(noise.size))


@pytest.mark.parametrize("other", [stream("antithetic"), stream(dimension=2), stream(tile=2 * TILE)])
def test_content_keys_the_stream(other: Stream) -> None:
    count = 64
    assert not np.isin(drawn(other).reshape(-1)[:count], drawn(stream())).any()


def test_seed_and_block_key_the_stream() -> None:
    first = drawn(stream())
    assert not np.isin(drawn(stream(), seed=1), first).any()
    assert not np.isin(drawn(stream(), block=1), first).any()
    np.testing.assert_array_equal(drawn(stream()), first)


def test_every_channel_has_a_stream_of_its_own_whatever_stands_beside_it() -> None:
    first, second = np.moveaxis(drawn(stream(channels=(NORMAL, SECOND))), 1, 0)
    assert not np.isin(second, first).any()
    np.testing.assert_array_equal(first, drawn(stream())[:, 0])
    np.testing.assert_array_equal(second, drawn(stream(channels=(SECOND,)))[:, 0])


def test_antithetic_draws_are_mirrored() -> None:
    """Draws that depend on each other stand [coupled, columns] in every strip."""
    noise = drawn(stream("antithetic", dimension=3))
    halves = noise.reshape(*noise.shape[:3], 2, -1)
    np.testing.assert_array_equal(halves[..., 0, :], -halves[..., 1, :])


SIZES = [(1, TILE), (7, TILE), (100, 3 * WIDE_TILE), (10_000, WIDE_TILE), (10**6, WIDE_TILE)]


@pytest.mark.parametrize(("dimension", "tile"), SIZES)
def test_chunks_cover_the_tiles_strip_by_strip(dimension: int, tile: int) -> None:
    drawing = stream(dimension=dimension, tile=tile)
    covered = [strip for first, strips in spans(drawing, 2) for strip in range(first, first + strips)]
    assert covered == list(range(2 * tile // drawing.cut.strip))


@pytest.mark.parametrize(("dimension", "tile"), SIZES)
def test_the_buffer_holds_the_largest_chunk(dimension: int, tile: int) -> None:
    """A chunk is at most CHUNK normals, but never less than a strip."""
    drawing = stream(dimension=dimension, tile=tile)
    strips, channels, components, strip = buffer(drawing, 2).shape
    assert (channels, components, strip) == (1, dimension, drawing.cut.strip)
    assert strips == max(count for _, count in spans(drawing, 2))
    assert strips == 1 or strips * dimension * strip <= CHUNK


@pytest.mark.parametrize(
    ("block", "dimension", "tiles"), [(10 * TILE, 1, 10), (10 * TILE - 1, 1, 9), (10 * TILE, 3, 3), (1, 1, 1)]
)
def test_a_block_holds_whole_tiles_and_at_least_one(block: int, dimension: int, tiles: int) -> None:
    drawing = stream(dimension=dimension)
    assert tiles_of(replace(drawing, cut=replace(drawing.cut, block=block))) == tiles


@pytest.mark.parametrize("shape", [(1,), (3, 5), (2, 3, 640)])
def test_an_array_begins_with_a_cache_line(shape: tuple[int, ...]) -> None:
    array = empty(*shape)
    assert array.shape == shape
    assert array.flags.c_contiguous
    assert array.ctypes.data % (LINE * array.itemsize) == 0


@pytest.mark.parametrize("samples", [3, 7, 10, 64])
@pytest.mark.parametrize("dimension", [1, 3])
def test_every_estimate_of_draws_in_strata_has_one_in_each_stratum(dimension: int, samples: int) -> None:
    """Estimate r owns the draws r, r + R, r + 2 R, ... of a segment, in every component."""
    sizes = cut(dimension, samples, samples, 1, None)
    drawing = Stream(EVERYTHING.get("sampler", "latin_hypercube"), dimension, samples, sizes, (NORMAL,), ())
    noise = drawn(drawing).reshape(-1, dimension, samples, sizes.strip // samples)
    strata = np.sort(np.floor(special.ndtr(noise) * samples).astype(int), axis=2)
    assert np.all(strata == np.arange(samples)[:, np.newaxis])
    assert not np.all(np.diff(noise, axis=2) > 0)  # in no order


def test_streams_that_are_cut_otherwise_draw_otherwise() -> None:
    """Stratified draws of ten and of a hundred share a tile, not their noise."""
    sampler = EVERYTHING.get("sampler", "stratified")
    first, second = (
        drawn(Stream(sampler, 1, samples, cut(1, samples, samples, 1, None), (NORMAL,), ())).ravel()
        for samples in (9, 100)
    )
    assert not np.isin(first[:64], second).any()
