"""Blocks: what they are run for is data, linked once in each process, and any process gives the same bytes."""

import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from bench import registry
from bench.engine import blocks
from bench.engine.blocks import Assignment, programs_of
from bench.engine.noise import generators
from bench.engine.reduce import POWERS
from bench.laws.cases import DATA
from bench.plan.streams import Stream
from bench.plan.tiling import CHUNK, TILE
from tests.support.cases import KINDS, MU, SIGMA
from tests.support.streams import CELL, PER_DATUM, at_sigma, stream_of, with_block


def test_another_process_links_an_assignment_itself_and_gives_the_same_bytes() -> None:
    """As data alone, through pickle, in a process that shares nothing but the files."""
    cells = [replace(at_sigma(PER_DATUM, sigma), samples=10) for sigma in (0.5, 2.0)]
    stream = with_block(stream_of(cells, ("pathwise", "score_function")), TILE)
    work = partial(blocks.run, Assignment(b"spawned", stream, {3: np.array([0.5, -1.0, 2.0])}, 7))
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        results = list(executor.map(work, range(2)))
    for block, sums in enumerate(results):
        np.testing.assert_array_equal(np.array(sums), np.array(work(block)))


def test_an_assignment_is_linked_once() -> None:
    stream = stream_of([CELL], ["pathwise"])
    first, same, other = (Assignment(key, stream, {3: np.zeros(3)}, 0) for key in (b"a", b"a", b"b"))
    assert programs_of(first) is programs_of(same)
    assert programs_of(first) is not programs_of(other)


def centred(stream: Stream) -> Stream:
    """Power sums about the exact gradients of squared_error, n = 3, in the only cell."""
    (subgrid,) = stream.subgrids
    exact = 2 * DATA.size * np.array([[[MU - DATA.mean(), SIGMA]]])
    return replace(stream, subgrids=(replace(subgrid, centre=exact),))


def test_the_sums_of_a_block_are_those_of_all_its_tiles() -> None:
    """Of pathwise d/dmu, whose deviation from its exact value is 2 n sigma eps, with more tiles than a chunk holds."""
    tiles = 30
    stream = centred(with_block(stream_of([CELL], ["pathwise"]), tiles * TILE))
    assert tiles * TILE > CHUNK
    (sums,) = blocks.run(Assignment(b"tiles", stream, {3: DATA}, seed=5), block=2)
    (generator,) = generators(stream, 5, 2)
    deviations = 2 * DATA.size * SIGMA * generator.standard_normal(tiles * TILE)
    expected = [(deviations**power).sum() for power in range(1, POWERS + 1)]
    size = [(abs(deviations) ** power).sum() for power in range(1, POWERS + 1)]
    np.testing.assert_array_less(abs(sums[0, 0, 0, 0] - expected), 1e-12 * np.array(size))


PACKAGE = registry.load(kinds=KINDS)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind in ("objective", "estimator", "family", "sampler") for name in PACKAGE.plugins[kind]],
)
def test_a_plugin_of_the_package_is_data_that_another_process_takes(kind: str, name: str) -> None:
    plugin = PACKAGE.get(kind, name)
    assert pickle.loads(pickle.dumps(plugin)).name == name
