"""What a sweep will do and cost, before it does it: cells, skips, draws, time and memory.

Draws come from the oracle: the variance of a logarithm of a variance over R estimates is (kurtosis - 1) / R, and the
two variances of a ratio are taken as independent, which common random numbers make an upper bound in most cells.
Time comes from one strip of each stream, or from one chunk where that is quick, run now. Of a subgrid with many cells
some are looked at, spread evenly from the first to the last; time and memory grow with the others.
"""

import itertools
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from bench.config.settings import Settings
from bench.engine import blocks
from bench.engine.case import case_of
from bench.engine.noise import buffer, draw, generators, tiles_of
from bench.engine.program import link, replicates_of
from bench.engine.workspace import workspace
from bench.oracle import gradients, quadrature
from bench.plan.cells import Plan, skipped, skips_told
from bench.plan.streams import Stream, Subgrid
from bench.statistics.jackknife import CONFIDENCE

MOST_S = 1.0  # of a chunk that is timed whole
MOST_CELLS = 64  # of a subgrid that are looked at


@dataclass(frozen=True, slots=True)
class Cost:
    """What a stream is expected to take."""

    laps: int
    limited: bool  # by the budget, not by the precision
    draws: int
    seconds: float  # of one core
    bytes: int  # for one thread


def describe(plan: Plan, settings: Settings) -> str:
    """The plan in words."""
    jobs = sum(len(subgrid.jobs) for stream in plan.streams for subgrid in stream.subgrids)
    lines = [f"cells: {len(plan.cells)}, estimators: {len(plan.estimators)}, to measure: {jobs} of their pairs"]
    lines += skips_told(skipped(plan))
    costs = [cost(stream, plan, settings) for stream in plan.streams]
    sizes = [len(subgrid.cells) for stream in plan.streams for subgrid in stream.subgrids]
    if max(sizes) > MOST_CELLS:
        lines.append(f"looked at: {sum(min(size, MOST_CELLS) for size in sizes)} of {sum(sizes)} cells, samples apart")
    for stream, expected in zip(plan.streams, costs, strict=True):
        until = "the budget" if expected.limited else f"a precision of {settings.precision:g}"
        lines.append(
            f"stream {stream.sampler.name}, dimension {stream.dimension}, tile {stream.cut.tile}: about "
            f"{expected.draws:.2g} draws to {until}, {expected.seconds:.2g} s of one core"
        )
    cores = len(os.sched_getaffinity(0)) if settings.executor["name"] != "serial" else 1
    threads = settings.executor.get("workers") or cores
    seconds = sum(expected.seconds for expected in costs) / min(threads, cores)
    memory = max(expected.bytes for expected in costs) * threads / 2**20
    lines.append(f"sampling: about {seconds:.2g} s on {threads} threads, {memory:.2g} MB beside the program itself")
    lines.append("timing, figures and compilation come on top; nothing was written")
    return "\n".join(lines)


def cost(stream: Stream, plan: Plan, settings: Settings) -> Cost:
    """What a stream is expected to take to the precision, or to the budget."""
    few = gradients.centred(replace(plan, streams=(_thinned(stream),))).streams[0]
    tiles, groups = tiles_of(few), few.cut.groups
    normals = tiles * few.cut.tile * few.dimension * len(few.channels)
    most = max(1, settings.budget // (normals * groups))
    needed = max(1, math.ceil(_tiles(few, plan, settings.precision) / (groups * tiles)))
    laps = min(needed, most)
    programs = [link(few, subgrid, plan.data) for subgrid in few.subgrids]
    workspaces = [workspace(few, program) for program in programs]
    noise, sources = buffer(few, tiles), generators(few, settings.seed, 0)
    shares = [
        len(whole_grid.cells) / len(grid.cells) for whole_grid, grid in zip(stream.subgrids, few.subgrids, strict=True)
    ]

    def seconds_of(strips: int) -> float:
        """Seconds a normal, with what the cells take that are not looked at."""
        start = time.perf_counter()
        draw(few, sources, noise[:strips])
        drawn = time.perf_counter()
        seconds = drawn - start
        for program, space, share in zip(programs, workspaces, shares, strict=True):
            begun = time.perf_counter()
            blocks.run_strips(noise[:strips], 0, [program], [space])
            seconds += share * (time.perf_counter() - begun)
        return seconds / noise[:strips].size

    seconds_of(1)  # f may be expensive: a single strip tells, or else a whole chunk
    a_normal = seconds_of(1)
    a_normal = seconds_of(len(noise)) if a_normal * noise.size < MOST_S else a_normal
    seconds = a_normal * normals * groups * laps
    arrays = noise.nbytes + sum(
        share * (space.contributions.nbytes + space.node_sums.nbytes + space.power_sums.nbytes * (1 + groups))
        for share, space in zip(shares, workspaces, strict=True)
    )
    return Cost(laps, needed > most, laps * groups * tiles * few.cut.tile, seconds, round(arrays))


def _thinned(stream: Stream) -> Stream:
    """The stream with a part of the cells of each subgrid that has many: the first, the last, and others between."""
    return replace(stream, subgrids=tuple(map(_few, stream.subgrids)))


def _few(subgrid: Subgrid) -> Subgrid:
    if len(subgrid.cells) <= MOST_CELLS:
        return subgrid
    places = np.linspace(0, len(subgrid.cells) - 1, MOST_CELLS).round().astype(int)
    cells = tuple(subgrid.cells[place] for place in places)
    jobs = frozenset(
        (replace(cell, samples=samples), member.variant)
        for cell, samples, member in itertools.product(cells, subgrid.samples, subgrid.members)
    )
    return replace(subgrid, cells=cells, jobs=subgrid.jobs & jobs)


def _tiles(stream: Stream, plan: Plan, precision: float) -> float:
    """Tiles until the worst ratio is as precise as asked."""
    quantile = float(stats.t.ppf((1 + CONFIDENCE) / 2, stream.cut.groups - 1))
    estimates = (quantile / math.log1p(precision)) ** 2  # for a ratio whose logarithm has a variance of 1 / estimates
    return max(1.0, *(spread * estimates / replicates for spread, replicates in _spreads(stream, plan)))


def _spreads(stream: Stream, plan: Plan) -> Iterator[tuple[float, float]]:
    """Of each cell and number of samples: estimates times the variance of a log ratio, and estimates of a tile."""
    for subgrid in stream.subgrids:
        replicates = dict(zip(subgrid.samples, replicates_of(stream, subgrid), strict=True))
        for cell in subgrid.cells:
            data = plan.data.get(cell.dataset_size or 0, np.empty(0))
            cases = [case_of(stream, subgrid, member, cell, data) for member in subgrid.members]
            moments = [quadrature.exact(case) for case in cases]
            for samples, of_a_tile in replicates.items():
                kurtosis = [exact.at(samples)[1] for exact in moments if samples >= exact.degree]
                largest = max((float(np.nanmax(k)) for k in kurtosis if not np.isnan(k).all()), default=3.0)
                yield 2 * (largest - 1), of_a_tile
