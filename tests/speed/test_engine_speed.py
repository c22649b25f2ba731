"""The engine against plain NumPy in a process of its own, and against itself on two threads."""

from functools import partial

import numpy as np
import pytest

from bench.engine import blocks
from bench.engine.noise import buffer, draw, generators
from bench.engine.workspace import workspace
from bench.executors import threads
from tests.speed import numpy_program
from tests.speed.apart import apart
from tests.speed.conftest import TIMES, taken
from tests.speed.work import CELL, GRID, draws_of, stream_of

X = np.random.Generator(np.random.PCG64(0)).standard_normal(100)
ARITHMETIC = "no number: the time of pages is left out of NumPy's"


@pytest.mark.benchmark(group="one cell, drawing included")
@pytest.mark.parametrize("program", ["numpy", "numpy, memory kept", "engine"])
def test_one_cell(program, timed, claim):
    assignment, stream, _ = stream_of(CELL)
    draws = draws_of(stream)
    if program == "engine":
        timed("cell engine", draws, lambda: blocks.run(assignment, 0))
        claim("one cell: times faster than plain NumPy", taken("cell numpy") / taken("cell engine"), ">= 6")
        kept = taken("cell numpy, memory kept") / taken("cell engine")
        claim("one cell: times faster than plain NumPy that keeps its memory", kept, ARITHMETIC)
        return
    generator = np.random.Generator(np.random.SFC64(0))
    with apart("kept" in program, numpy_program.cell, generator, draws, 1000, 1.0, 1.0, X) as work:
        timed(f"cell {program}", draws, work)


@pytest.mark.benchmark(group="5 x 4 x 4 grid, drawing included")
@pytest.mark.parametrize("program", ["numpy", "numpy, memory kept", "numpy, shared draws", "engine"])
def test_grid(program, timed, claim):
    assignment, stream, _ = stream_of(GRID)
    draws = draws_of(stream)
    cells = [(k, s, x) for s in GRID["sigma"] for x in assignment.data.values() for k in GRID["samples"]]
    if program == "engine":
        timed("grid engine", draws * len(cells), lambda: blocks.run(assignment, 0))
        claim("cell in a grid: times faster than plain NumPy", taken("grid numpy") / taken("grid engine"), ">= 40")
        kept = taken("grid numpy, memory kept") / taken("grid engine")
        claim("cell in a grid: times faster than plain NumPy that keeps its memory", kept, ARITHMETIC)
        ratio = taken("grid numpy, shared draws") / taken("grid engine")
        claim("cell in a grid: times faster than NumPy that shares its draws", ratio, ">= 10")
        return
    grid = numpy_program.shared_grid if "shared" in program else numpy_program.grid
    generator = np.random.Generator(np.random.SFC64(0))
    with apart("kept" in program, grid, generator, draws, cells) as work:
        timed(f"grid {program}", draws * len(cells), work)


@pytest.mark.benchmark(group="threads")
@pytest.mark.parametrize("workers", [1, 2])
def test_threads(workers, timed, claim):
    assignment, stream, _ = stream_of(GRID)
    numbers = range(16)

    def work():
        return list(threads.run(partial(blocks.run, assignment), numbers, workers))

    timed(f"threads {workers}", draws_of(stream) * len(numbers), work)
    if workers == 2:
        claim("two threads: times one", taken("threads 1") / taken("threads 2"), ">= 1.7")


@pytest.mark.benchmark(group="drawing")
@pytest.mark.parametrize("program", ["numpy", "engine"])
def test_drawing(program, timed, claim):
    _, stream, _ = stream_of(CELL)
    noise, sources = buffer(stream, 64), generators(stream, 0, 0)
    work = {
        "numpy": lambda: sources[0].standard_normal(out=noise),
        "engine": lambda: draw(stream, sources, noise),
    }
    timed(f"drawing {program}", noise.size, work[program])
    if program == "engine":
        claim("drawing: share of NumPy's time", taken("drawing engine") / taken("drawing numpy"), "<= 0.4")


def kernels(config):
    """A call that sends 64 Ki draws through the kernels of a config, without drawing: (work, draws, pairs)."""
    _, stream, (program,) = stream_of(config)
    noise, space = buffer(stream, 65_536 // stream.cut.tile), workspace(stream, program)
    draw(stream, generators(stream, 0, 0), noise)
    return (
        lambda: blocks.run_strips(noise, 0, [program], [space]),
        noise.size,
        len(program.theta) * program.combine.size,
    )


PAIRS = {
    "numpy": None,
    "one cell": CELL,
    "grid, samples 1000": GRID | {"samples": [1000]},
    "grid, samples 1": GRID | {"samples": [1]},
    "grid, samples 1 10 100 1000": GRID,
}


@pytest.mark.benchmark(group="one estimator in one cell, without drawing")
@pytest.mark.parametrize("name", PAIRS)
def test_one_pair(name, timed, claim):
    if name == "numpy":
        out, generator = np.empty(65_536), np.random.Generator(np.random.SFC64(0))
        timed("normal", out.size, lambda: generator.standard_normal(out=out))
        return
    work, draws, pairs = kernels(PAIRS[name])
    TIMES[name] = timed(name, draws * pairs, work) / pairs
    if "samples 1000" in name or name == "one cell":
        claim(f"{name}: sixteenths of a NumPy normal", 16 * taken(name) / taken("normal"), "<= 1")
    if name == "grid, samples 1 10 100 1000":
        single = np.maximum(taken("grid, samples 1"), taken("grid, samples 1000"))
        claim("samples 1, 10, 100, 1000: times the dearer single value", taken(name) / single, "<= 2")
        claim("samples 1, 10, 100, 1000: times samples 1000 alone", taken(name) / taken("grid, samples 1000"), "<= 2")


@pytest.mark.benchmark(group="dataset_size, collapsed")
@pytest.mark.parametrize("n", [10, 1_000_000_000])
def test_cost_does_not_depend_on_dataset_size(n, timed, claim):
    """f reads (n, xbar, s2) alone; so does this, or it would have to hold 8 GB of data."""
    _, stream, (program,) = stream_of(CELL | {"dataset_size": [10]})
    program = program._replace(data=np.array([float(n), 0.1, 1.0]), centre=np.full((1, 2, 2), [1.8 * n, 2.0 * n]))
    noise, space = buffer(stream, 12), workspace(stream, program)
    draw(stream, generators(stream, 0, 0), noise)
    timed(f"n {n}", noise.size, lambda: blocks.run_strips(noise, 0, [program], [space]))
    if n > 10:
        claim("dataset_size 1e9: times dataset_size 10", taken(f"n {n}") / taken("n 10"), "1, flat")


@pytest.mark.benchmark(group="draws")
@pytest.mark.parametrize("tiles", [4, 8, 16, 32])
def test_cost_is_linear_in_draws(tiles, timed, claim):
    assignment, stream, _ = stream_of(CELL)

    def work():
        for block in range(tiles // 4):
            blocks.run(assignment, block)

    timed(f"draws {tiles}", draws_of(stream) * tiles // 4, work)
    if tiles == 32:
        claim("8 times the draws: times the cost", taken("draws 32") / taken("draws 4"), "8, linear")


@pytest.mark.benchmark(group="per datum")
@pytest.mark.parametrize("n", [5, 125, 10_000])
def test_many_dimensions(n, timed, claim):
    """Time of one normal in one estimator: the working set stays in the cache however many there are."""
    config = CELL | {"latent": ["per_datum"], "dataset_size": [n], "samples": [100]}
    _, stream, (program,) = stream_of(config)
    tiles = max(1, 1_000_000 // (n * stream.cut.tile))
    noise, space = buffer(stream, tiles), workspace(stream, program)
    draw(stream, generators(stream, 0, 0), noise)
    TIMES[f"d {n}"] = timed(f"d {n}", noise.size, lambda: blocks.run_strips(noise, 0, [program], [space])) / noise.size
    if n > 5:
        claim(f"per datum, n = {n}: a normal, times that of n = 5", taken(f"d {n}") / taken("d 5"), "about 1")
