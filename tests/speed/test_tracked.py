"""What `make track` follows: one cell and a grid with all that belongs to them, and each estimator's kernel alone."""

import numba
import numpy as np
import pytest

from bench.engine import blocks
from bench.engine.noise import empty
from bench.kernels.calls import COMBINE, address, call
from bench.spec import Derivatives
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
def repeat(times, combine, noise, mu, sigma, phi, f, out):
    """So many calls of a `combine`, from machine code as in the engine."""
    for _ in range(times):
        call(combine, (noise, mu, sigma, phi, f, out))


@pytest.mark.benchmark(group="tracked: estimators")
@pytest.mark.parametrize("name", sorted(REGISTRY.plugins["estimator"]))
def test_combine(name, timed):
    plugin = REGISTRY.plugins["estimator"][name]
    random, points = np.random.Generator(np.random.SFC64(0)), plugin.evaluations
    shapes = ((max(1, len(plugin.channels)), 1), (points,), (points, 1), (points, 1), (points, 1))
    noise, *f = (random.standard_normal(out=empty(*shape, DRAWS)) for shape in shapes)
    phi, out = np.array([values[0] for values in plugin.axes.values()]), empty(plugin.width, DRAWS)
    combine = address(plugin.combine, COMBINE)
    timed(name, CALLS * DRAWS, lambda: repeat(CALLS, combine, noise, 1.0, 1.0, phi, Derivatives(*f), out))
