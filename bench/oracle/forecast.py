"""What a sweep will do and cost, before it does it: cells, skips, draws, time and memory.

Draws come from the oracle: the variance of a logarithm of a variance over R estimates is (kurtosis - 1) / R, and the
two variances of a ratio are taken as independent, which common random numbers make an upper bound in most cells.
Time comes from one chunk of each stream, run now.
"""

import math
import os
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy import stats

from bench.config.settings import Settings
from bench.engine import blocks, program
from bench.engine.noise import buffer, fill, generators, tiles_of
from bench.oracle import quadrature
from bench.plan.cells import Plan
from bench.plan.streams import Stream
from bench.plan.tiling import GROUPS
from bench.statistics.jackknife import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Cost:
    """What a stream is expected to take."""

    laps: int
    limited: bool  # by the budget, not by the precision
    draws: int
    seconds: float  # of one core
    bytes: int  # for one thread


def describe(plan: Plan, asked: Settings) -> str:
    """The plan in words."""
    jobs = sum(len(subgrid.jobs) for stream in plan.streams for subgrid in stream.subgrids)
    lines = [f"cells: {len(plan.cells)}, estimators: {len(plan.estimators)}, to measure: {jobs} of their pairs"]
    lines += [f"  skipped {count}: {reason}" for reason, count in Counter(plan.skips.values()).most_common()]
    costs = [cost(stream, plan, asked) for stream in plan.streams]
    for stream, one in zip(plan.streams, costs, strict=True):
        until = "the budget" if one.limited else f"a precision of {asked.precision:g}"
        lines.append(
            f"stream {stream.sampler.name}, dimension {stream.dimension}, tile {stream.tile}: about {one.draws:.2g} "
            f"draws to {until}, {one.seconds:.2g} s of one core"
        )
    cores = len(os.sched_getaffinity(0)) if asked.executor["name"] != "serial" else 1
    threads = asked.executor.get("workers") or cores
    seconds = sum(one.seconds for one in costs) / min(threads, cores)
    memory = max(one.bytes for one in costs) * threads / 2**20
    lines.append(f"sampling: about {seconds:.2g} s on {threads} threads, {memory:.2g} MB beside the program itself")
    lines.append("timing, figures and compilation come on top; nothing was written")
    return "\n".join(lines)


def cost(stream: Stream, plan: Plan, asked: Settings) -> Cost:
    """What a stream is expected to take to the precision, or to the budget."""
    tiles = tiles_of(stream)
    normals = tiles * stream.tile * stream.dimension * len(stream.channels)
    most = max(1, asked.budget // (normals * GROUPS))
    needed = max(1, math.ceil(_estimates(stream, plan, asked.precision) / (GROUPS * tiles)))
    laps = min(needed, most)
    programs = [program.program(stream, subgrid, plan.data) for subgrid in stream.subgrids]
    rooms = [program.workspace(stream, one) for one in programs]
    noise, sources = buffer(stream, tiles), generators(stream, asked.seed, 0)

    def chunk() -> None:
        fill(stream, sources, noise)
        blocks.send(noise, 0, programs, rooms)

    chunk()
    start = time.perf_counter()
    chunk()
    seconds = (time.perf_counter() - start) / noise.size * normals * GROUPS * laps
    size = noise.nbytes + sum(own.numbers.nbytes + own.kept.nbytes + own.sums.nbytes * (1 + GROUPS) for own in rooms)
    return Cost(laps, needed > most, laps * GROUPS * tiles * stream.tile, seconds, size)


def _estimates(stream: Stream, plan: Plan, precision: float) -> float:
    """Tiles until the worst ratio is as precise as asked."""
    quantile = float(stats.t.ppf((1 + CONFIDENCE) / 2, GROUPS - 1))
    most = 1.0
    for subgrid in stream.subgrids:
        each = dict(zip(subgrid.samples, program.replicates_of(stream, subgrid), strict=True))
        for point in subgrid.cells:
            data = plan.data.get(point.dataset_size or 0, np.empty(0))
            found = [quadrature.exact(subgrid.form, e, v, stream.sampler, point, data) for v, e in subgrid.estimators]
            for samples, replicates in each.items():
                kurtosis = [one.at(samples)[1] for one in found if one is not None and samples >= one.degree]
                spread = 2 * max((float(np.nanmax(k)) for k in kurtosis if not np.isnan(k).all()), default=3.0) - 2
                most = max(most, spread * (quantile / math.log1p(precision)) ** 2 / replicates)
    return most
