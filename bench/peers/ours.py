"""This suite's own kernels, as the engine runs them: blocks of draws, each on a thread of its own, in memory kept."""

from collections.abc import Callable
from functools import partial
from typing import Any

from bench.engine import blocks
from bench.engine.blocks import Assignment, programs_of
from bench.engine.journal import key_of
from bench.engine.noise import buffer, draw, generators, spans, tiles_of
from bench.engine.workspace import workspace
from bench.executors import threads
from bench.peers.spec import Ready
from bench.plan.cells import Plan

SEVERAL = 8  # blocks of one component that a thread takes at a call, or starting threads would be part of the time


def ready(plan: Plan, samples: int, seed: int, workers: int) -> tuple[Ready, float]:
    """(the blocks of the only stream of a plan, one for each worker; how many estimates of K draws they stand for).

    Of several cells and estimators, every one has its share: as many estimates as its draws give.
    """
    (stream,) = plan.streams
    assignment = Assignment(key_of("peers", plan.cells, plan.estimators), stream, plan.data, seed)
    programs, tiles, numbers = programs_of(assignment), tiles_of(stream), range(workers)
    jobs = len(plan.cells) * len(plan.estimators) - len(plan.skips)
    noises = [buffer(stream, tiles) for _ in numbers]
    sources = [generators(stream, seed, number) for number in numbers]
    spaces = [[workspace(stream, program) for program in programs] for _ in numbers]

    def drawn(number: int) -> None:
        for _, size in spans(stream, tiles):
            draw(stream, sources[number], noises[number][:size])

    def computed(number: int) -> None:
        for first, size in spans(stream, tiles):
            blocks.run_strips(noises[number][:size], first, programs, spaces[number])

    def at_once(number: int) -> None:
        for first, size in spans(stream, tiles):
            draw(stream, sources[number], noises[number][:size])
            blocks.run_strips(noises[number][:size], first, programs, spaces[number])

    blocks_each = SEVERAL if stream.dimension == 1 else 1
    over = partial(_over, numbers, blocks_each)
    estimates = workers * blocks_each * tiles * stream.cut.tile / samples * jobs
    return Ready(partial(over, drawn), lambda _: over(computed), partial(over, at_once)), estimates


def _over(numbers: range, blocks_each: int, function: Callable[[int], Any]) -> None:
    """So many blocks on each thread; a single one needs none."""

    def several(number: int) -> None:
        for _ in range(blocks_each):
            function(number)

    if len(numbers) == 1:
        several(0)
    else:
        list(threads.run(several, numbers, len(numbers)))
