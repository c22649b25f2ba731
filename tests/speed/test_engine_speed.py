"""The engine against plain NumPy, and against itself on two threads."""

from functools import partial

import numpy as np
import pytest

from bench import blocks
from bench.executors import threads
from tests.speed import numpy_program
from tests.speed.conftest import TIMES
from tests.speed.work import CELL, GRID, draws_of, stream_of

X = np.random.Generator(np.random.PCG64(0)).standard_normal(100)


@pytest.mark.benchmark(group="one cell, drawing included")
@pytest.mark.parametrize("program", ["numpy", "engine"])
def test_one_cell(program, timed, claim):
    stream, compiled, _ = stream_of(CELL)
    draws = draws_of(stream)
    generator = np.random.Generator(np.random.SFC64(0))
    work = {
        "numpy": lambda: numpy_program.cell(generator, draws, 1000, 1.0, 1.0, X),
        "engine": lambda: blocks.run(stream, compiled, 0, 0),
    }
    timed(f"cell {program}", draws, work[program])
    if program == "engine":
        claim("one cell: times faster than plain NumPy", TIMES["cell numpy"] / TIMES["cell engine"], ">= 4")


@pytest.mark.benchmark(group="5 x 4 x 4 grid, drawing included")
@pytest.mark.parametrize("program", ["numpy", "numpy, shared draws", "engine"])
def test_grid(program, timed, claim):
    stream, compiled, plan = stream_of(GRID)
    draws = draws_of(stream)
    generator = np.random.Generator(np.random.SFC64(0))
    cells = [(s, x, k) for s in GRID["sigma"] for x in plan.data.values() for k in GRID["samples"]]

    def fresh():
        for sigma, x, samples in cells:
            numpy_program.cell(generator, draws, samples, 1.0, sigma, x)

    def shared():
        eps = generator.standard_normal(draws)
        for sigma, x, samples in cells:
            used = eps[: draws // samples * samples].reshape(-1, samples)
            numpy_program.statistics(used, 1.0, sigma, x)

    work = {"numpy": fresh, "numpy, shared draws": shared, "engine": lambda: blocks.run(stream, compiled, 0, 0)}
    timed(f"grid {program}", draws * len(cells), work[program])
    if program == "engine":
        claim("cell in a grid: times faster than plain NumPy", TIMES["grid numpy"] / TIMES["grid engine"], ">= 10")
        ratio = TIMES["grid numpy, shared draws"] / TIMES["grid engine"]
        claim("cell in a grid: times faster than NumPy that shares its draws", ratio, "said for fairness")


@pytest.mark.benchmark(group="threads")
@pytest.mark.parametrize("workers", [1, 2])
def test_threads(workers, timed, claim):
    stream, compiled, _ = stream_of(GRID)
    numbers = range(16)

    def work():
        return list(threads.run(partial(blocks.run, stream, compiled, 0), numbers, workers))

    timed(f"threads {workers}", draws_of(stream) * len(numbers), work)
    if workers == 2:
        claim("two threads: times one", TIMES["threads 1"] / TIMES["threads 2"], ">= 1.7")


@pytest.mark.benchmark(group="drawing")
@pytest.mark.parametrize("program", ["numpy", "engine"])
def test_drawing(program, timed, claim):
    stream, _, _ = stream_of(CELL)
    noise, sources = blocks.buffer(stream, 64), blocks.generators(stream, 0, 0)
    work = {
        "numpy": lambda: sources[0].standard_normal(out=noise),
        "engine": lambda: blocks.fill(stream, sources, noise),
    }
    timed(f"drawing {program}", noise.size, work[program])
    if program == "engine":
        claim("drawing: share of NumPy's time", TIMES["drawing engine"] / TIMES["drawing numpy"], "<= 0.4")
