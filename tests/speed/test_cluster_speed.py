"""Two workers of a cluster beside one, on the same work of about twenty seconds."""

import time
from functools import partial

import pytest

from bench.cluster.run import opened
from bench.engine import blocks
from tests.speed.work import GRID, REGISTRY, assignments_of, plan_of

WORK_S = 20.0


@pytest.mark.benchmark(group="cluster")
def test_two_workers(benchmark, claim):
    """Blocks of the larger grid, each linked and its kernels loaded before the clock starts."""
    assignment = max(assignments_of(plan_of(GRID)), key=lambda assignment: len(assignment.stream.subgrids))
    work = partial(blocks.run, assignment)
    work(0)
    begin = time.perf_counter()
    work(0)
    items = range(int(WORK_S / (time.perf_counter() - begin)))
    seconds: dict[int, float] = {}

    def in_turn():
        for workers in (1, 2):
            with opened(REGISTRY, None, workers, 60) as mapping:
                list(mapping(work, range(4 * workers)))
                begin = time.perf_counter()
                list(mapping(work, items))
                seconds[workers] = time.perf_counter() - begin

    benchmark.pedantic(in_turn, rounds=1)
    claim(f"two workers beside one, on {seconds[1]:.0f} s of blocks", seconds[1] / seconds[2], ">= 1.6")
