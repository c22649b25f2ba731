"""What `make track` follows: one cell and a grid with all that belongs to them, and each estimator's kernel alone."""

import numba
import numpy as np
import pytest

from bench.engine import blocks
from bench.engine.noise import empty
from bench.engine.program import combining
from bench.kernels.calls import address, call
from bench.spec import FAMILY
from tests.speed.work import CELL, GRID, REGISTRY, draws_of, stream_of

DRAWS = 4000  # of one call: its arrays stay in the nearest caches; of 4096, they would push each other out of them
CALLS = 500
CONFIGS = {"one cell": CELL, "grid": GRID}


@pytest.mark.benchmark(group="tracked: drawing included")
@pytest.mark.parametrize("name", CONFIGS)
def test_blocks(name, timed):
    assignment, stream, _ = stream_of(CONFIGS[name])

    def work():
        for block in range(4):
            blocks.run(assignment, block)

    timed(name, draws_of(stream) * 4, work)


@numba.njit(cache=True)
def repeat(times, weigh, weight, noise, theta, y, out):
    """So many calls of a family's score or path derivative, from machine code as in the engine."""
    for _ in range(times):
        call(weigh, (weight, noise, 0, theta, y, True, out))


@pytest.mark.benchmark(group="tracked: estimators")
@pytest.mark.parametrize("name", sorted(REGISTRY.plugins["estimator"]))
def test_combine(name, timed):
    family = REGISTRY.get("family", FAMILY)
    kernel, signature = combining(REGISTRY.get("estimator", name), family)
    random, out = np.random.Generator(np.random.SFC64(0)), empty(2, DRAWS)
    noise, (weight, y) = random.standard_normal(out=empty(1, 1, DRAWS)), random.standard_normal(out=empty(2, DRAWS))
    weigh, theta = address(kernel, signature), np.ones(2)
    timed(name, CALLS * DRAWS, lambda: repeat(CALLS, weigh, weight, noise, theta, y, out))
