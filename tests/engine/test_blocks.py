"""Streams and blocks: what they are keyed by, what they hold, and when sampling stops."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from scipy import stats

from bench.engine import blocks, program
from bench.engine.blocks import Assignment, programs_of
from bench.engine.noise import buffer, fill, generators, spans
from bench.errors import BadInput
from bench.kernels.normal import NORMAL
from bench.plan import tiling
from bench.plan.streams import Stream, streams
from bench.plan.tiling import TILE, WIDE_TILE, segment_of
from bench.spec import Cell, Variant
from tests.support.cases import EVERYTHING


def stream(sampler: str = "iid", dimension: int = 1, tile: int = TILE) -> Stream:
    return Stream(EVERYTHING.get("sampler", sampler), dimension, tile, (NORMAL,), ())


def normals(one: Stream, seed: int = 0, block: int = 0) -> np.ndarray:
    noise = buffer(one, 1)
    fill(one, generators(one, seed, block), noise)
    return noise.reshape(-1)


def test_the_stream_is_that_of_numpy() -> None:
    one = stream()
    (generator,) = generators(one, 3, 4)
    np.testing.assert_array_equal(normals(one, 3, 4), generator.standard_normal(normals(one).size))


@pytest.mark.parametrize("other", [stream("antithetic"), stream(dimension=2), stream(tile=2 * TILE)])
def test_content_keys_the_stream(other: Stream) -> None:
    count = 64
    assert not np.isin(normals(other)[:count], normals(stream())).any()


def test_seed_and_block_key_the_stream() -> None:
    first = normals(stream())
    assert not np.isin(normals(stream(), seed=1), first).any()
    assert not np.isin(normals(stream(), block=1), first).any()
    np.testing.assert_array_equal(normals(stream()), first)


def test_antithetic_draws_are_mirrored() -> None:
    one = stream("antithetic", dimension=3)
    noise = buffer(one, 1)
    fill(one, generators(one, 0, 0), noise)
    halves = noise.reshape(*noise.shape[:3], 2, -1)
    np.testing.assert_array_equal(halves[..., 0, :], -halves[..., 1, :])


@pytest.mark.parametrize("name", ["rayleigh", "maxwell", "normal"])
def test_channels_draw_from_the_law_that_their_rule_integrates(name: str) -> None:
    channels = {c.name: c for e in EVERYTHING.plugins["estimator"].values() for c in e.channels}
    out = np.empty(200_000)
    channels[name].fill(np.random.Generator(np.random.SFC64(11)), out)
    points, weights = channels[name].rule(40)
    for power in (1, 2, 3, 4):
        mean, square = weights @ points**power, weights @ points ** (2 * power)
        z = (np.mean(out**power) - mean) / np.sqrt((square - mean**2) / out.size)
        assert abs(z) < stats.norm.isf(1e-6 / 24)


@pytest.mark.parametrize(
    ("dimension", "tile"), [(1, TILE), (7, TILE), (100, 3 * WIDE_TILE), (10_000, WIDE_TILE), (10**6, WIDE_TILE)]
)
def test_strips_divide_tiles_and_chunks_cover_them(dimension: int, tile: int) -> None:
    one = stream(dimension=dimension, tile=tile)
    strip = tiling.strip_of(dimension)
    assert segment_of(dimension) % strip == 0
    assert tile % segment_of(dimension) == 0
    covered = [i for first, size in spans(one, 2) for i in range(first, first + size)]
    assert covered == list(range(2 * tile // strip))
    assert dimension * strip <= max(8 * dimension, tiling.STRIP, 2**20)


def test_whole_numbers_and_wide_data_of_a_users_objective_do_not_reach_the_kernels() -> None:
    """Kernels are called by address: an array of another type would be read as what it is not."""
    cell = Cell(Variant("squared_error"), "shared", "iid", 0.0, 1.0, 3, 1, 1)
    (one,) = streams([(cell, Variant("pathwise"))], EVERYTHING)
    subgrid = one.subgrids[0]
    whole = replace(subgrid, objective=replace(subgrid.objective, exact=lambda mu, sigma, x, phi: (0, 6)))
    assert program.link(one, whole, {3: np.zeros(3)}).centre.dtype == float
    wide = replace(subgrid, form=subgrid.form._replace(summarise=lambda x: np.stack([x, x])))
    with pytest.raises(BadInput, match="more than one dimension"):
        program.link(one, wide, {3: np.zeros(3)})


def test_another_process_links_an_assignment_itself_and_gives_the_same_bytes() -> None:
    """As data alone, through pickle, in a process that shares nothing but the files."""
    cells = [Cell(Variant("squared_error"), "per_datum", "iid", 0.3, sigma, 3, 10, 3) for sigma in (0.5, 2.0)]
    (whole,) = streams([(cell, Variant(name)) for cell in cells for name in ("pathwise", "score_function")], EVERYTHING)
    assignment = Assignment(b"spawned", replace(whole, block=TILE), {3: np.array([0.5, -1.0, 2.0])}, 7)
    work = partial(blocks.run, assignment)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        theirs = list(executor.map(work, range(2)))
    for block, sums in enumerate(theirs):
        np.testing.assert_array_equal(np.array(sums), np.array(work(block)))


def test_an_assignment_is_linked_once() -> None:
    (shared,) = streams(
        [(Cell(Variant("squared_error"), "shared", "iid", 0.3, 1.0, 3, 1, 1), Variant("pathwise"))], EVERYTHING
    )
    first, same, other = (Assignment(key, shared, {3: np.zeros(3)}, 0) for key in (b"a", b"a", b"b"))
    assert programs_of(first) is programs_of(same)
    assert programs_of(first) is not programs_of(other)
