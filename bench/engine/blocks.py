"""Blocks of draws: what is drawn in one, and what the estimators of a stream make of it.

Every block has its own generator, keyed by the seed, what is drawn (sampler, dimension, tile, channel) and the
block's number: never by the place in the grid.
"""

from bench.engine import driver
from bench.engine.noise import buffer, fill, generators, spans, tiles_of
from bench.engine.program import Program, Workspace, workspace
from bench.kernels import jit
from bench.plan.streams import Stream
from bench.spec import Floats


def run(stream: Stream, programs: list[Program], seed: int, block: int) -> list[Floats]:
    """The power sums of one block: for each subgrid [cells, estimators, samples, 2, POWERS]."""
    tiles, sources = tiles_of(stream), generators(stream, seed, block)
    noise, rooms = buffer(stream, tiles), [workspace(stream, one) for one in programs]
    for first, size in spans(stream, tiles):
        fill(stream, sources, noise[:size])
        send(noise[:size], first, programs, rooms)
    return [own.sums for own in rooms]


def send(noise: Floats, first: int, programs: list[Program], rooms: list[Workspace]) -> None:
    """Strips of noise, of which `first` came before in the block, through every program."""
    for one, own in zip(programs, rooms, strict=True):
        with jit.alone(driver.run):
            driver.run(noise, first, one, own)
