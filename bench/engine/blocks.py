"""Runs one block: noise in, power sums out. What the noise depends on is said in `bench.engine.noise`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bench.engine.driver import send
from bench.engine.noise import buffer, draw, generators, spans, tiles_of
from bench.engine.program import Program, link
from bench.engine.workspace import Workspace, workspace
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


@lru_cache(maxsize=2)  # of the full stream, and of what a resumed run has still to finish of it
def programs_of(assignment: Assignment) -> list[Program]:
    """The programs of an assignment's subgrids, linked once in each process."""
    return [link(assignment.stream, subgrid, assignment.data) for subgrid in assignment.stream.subgrids]


def run(assignment: Assignment, block: int) -> list[Floats]:
    """The power sums of one block: for each subgrid [cells, members, samples, rows, POWERS]."""
    stream, programs = assignment.stream, programs_of(assignment)
    tiles, sources = tiles_of(stream), generators(stream, assignment.seed, block)
    noise, workspaces = buffer(stream, tiles), [workspace(stream, program) for program in programs]
    for first, size in spans(stream, tiles):
        draw(stream, sources, noise[:size])
        run_strips(noise[:size], first, programs, workspaces)
    return [workspace.power_sums for workspace in workspaces]


def run_strips(noise: Floats, first: int, programs: Sequence[Program], workspaces: Sequence[Workspace]) -> None:
    """Send strips of noise through every program; the first of them is number `first` of the block."""
    for program, space in zip(programs, workspaces, strict=True):
        with cache.alone(send):
            send(noise, first, program, space)
