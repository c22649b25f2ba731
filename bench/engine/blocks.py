"""Blocks of draws: what the estimators of a stream make of one.

Every block has its own generators, keyed by the seed, what is drawn (sampler, dimension, tile, channel) and the block's
number: never by the place in the grid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bench.engine import driver
from bench.engine.noise import buffer, fill, generators, spans, tiles_of
from bench.engine.program import Program, Workspace, link, workspace
from bench.kernels import cache
from bench.plan.streams import Stream
from bench.spec import Floats


@dataclass(frozen=True, slots=True)
class Assignment:
    """What blocks are run for, as data: any process can take it, and links its kernels once.

    Assignments are equal where their keys are, so the key holds everything that determines the power sums of a block.
    """

    key: bytes
    stream: Stream = field(compare=False)
    data: Mapping[int, Floats] = field(compare=False)  # by its size
    seed: int = field(compare=False)


@lru_cache(maxsize=2)  # a stream, and the part of it that a resumed run still needs
def programs_of(assignment: Assignment) -> list[Program]:
    """The programs of an assignment's subgrids, linked once in each process."""
    return [link(assignment.stream, subgrid, assignment.data) for subgrid in assignment.stream.subgrids]


def run(assignment: Assignment, block: int) -> list[Floats]:
    """The power sums of one block: for each subgrid [cells, estimators, samples, 2, POWERS]."""
    stream, programs = assignment.stream, programs_of(assignment)
    tiles, sources = tiles_of(stream), generators(stream, assignment.seed, block)
    noise, workspaces = buffer(stream, tiles), [workspace(stream, program) for program in programs]
    for first, size in spans(stream, tiles):
        fill(stream, sources, noise[:size])
        send(noise[:size], first, programs, workspaces)
    return [workspace.sums for workspace in workspaces]


def send(noise: Floats, first: int, programs: Sequence[Program], workspaces: Sequence[Workspace]) -> None:
    """Strips of noise, of which `first` came before in the block, through every program."""
    for program, space in zip(programs, workspaces, strict=True):
        with cache.alone(driver.run):
            driver.run(noise, first, program, space)
