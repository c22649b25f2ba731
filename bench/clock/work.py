"""What is timed: one estimator in one cell, warm, in batches long enough for the clock.

Drawing and kernels are timed apart, each call at least 2 ms; times are amortised over the estimates of a batch.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bench.engine import blocks, noise
from bench.engine.program import SIGNATURES, Program, link, needs_of_subgrid, replicates_of
from bench.engine.workspace import Workspace, workspace
from bench.kernels import calls
from bench.plan import tiling
from bench.plan.cells import Plan
from bench.plan.streams import Stream, Subgrid, streams
from bench.registry import Registry
from bench.spec import Cell, Floats, Form, Points, Variant, Weight

LEAST_NS = 2_000_000  # of work in one timed call


@dataclass(frozen=True, slots=True)
class Batch:
    """Some tiles of one estimator in one cell, with all that drawing and running them needs."""

    stream: Stream
    program: Program
    workspace: Workspace
    generators: list[np.random.Generator]
    noise: Floats
    tiles: int
    estimates: float  # that the tiles give

    def draw(self) -> None:
        """Draw its noise."""
        for _, size in noise.spans(self.stream, self.tiles):
            noise.draw(self.stream, self.generators, self.noise[:size])

    def run(self) -> None:
        """Run the kernels over its noise."""
        for first, size in noise.spans(self.stream, self.tiles):
            blocks.run_strips(self.noise[:size], first, [self.program], [self.workspace])


@dataclass(frozen=True, slots=True)
class Work:
    """One estimator in one cell, ready to be timed: warm, and with how often to repeat for a call long enough."""

    batch: Batch
    repeats: tuple[int, int]  # of drawing, of the kernels
    round_ns: float  # that one round takes
    compile_s: float  # that its kernels took to be compiled, or to be loaded from the disk cache

    def time(self) -> tuple[float, float]:
        """(drawing, kernels) in ns per estimate, now."""
        return _ns_per_estimate(self.batch, self.repeats)


def calibrated(plan: Plan, cell: Cell, variant: Variant, registry: Registry, form: Form) -> Work:
    """The work of one estimator in one cell: as many tiles as LEAST_NS takes, or one chunk, repeated for as long."""
    (stream,) = streams([(cell, variant)], registry)
    if plan.budget < stream.cut.groups * stream.cut.tile * stream.dimension * len(stream.channels):  # f is expensive
        least = tiling.fewest(stream.dimension, cell.samples, len(stream.channels))
        (stream,) = streams([(cell, variant)], registry, least)
    subgrid = replace(stream.subgrids[0], form=form)
    linked = link(stream, subgrid, plan.data)

    def batch_of(tiles: int) -> Batch:
        """So many tiles, warm."""
        space, sources, buffer = workspace(stream, linked), noise.generators(stream, 0, 0), noise.buffer(stream, tiles)
        batch = Batch(stream, linked, space, sources, buffer, tiles, tiles * float(replicates_of(stream, subgrid)[0]))
        _ns_per_estimate(batch, (1, 1))
        return batch

    tile = batch_of(1)
    _, kernels_ns = _ns_per_estimate(tile, (1, 1))
    most = max(1, tiling.CHUNK // (stream.dimension * stream.cut.tile))
    batch = batch_of(min(most, math.ceil(LEAST_NS / (kernels_ns * tile.estimates))))
    calls_ns = [ns * batch.estimates for ns in _ns_per_estimate(batch, (1, 1))]
    draws, runs = (math.ceil(LEAST_NS / ns) for ns in calls_ns)
    return Work(
        batch, (draws, runs), draws * calls_ns[0] + runs * calls_ns[1], compile_seconds(form, subgrid, stream.dimension)
    )


def compile_seconds(form: Form, subgrid: Subgrid, d: int) -> float:
    """What the first use of the kernels of a subgrid's first estimator cost in this process."""
    rule, family = subgrid.members[0].rule, subgrid.family
    kernels = [(getattr(form, name), getattr(SIGNATURES, name)) for name in needs_of_subgrid(subgrid, d)]
    if isinstance(rule, Points):
        kernels += [(rule.place, calls.PLACE) if rule.place else (family.transport, calls.TRANSPORT)]
        kernels += [(rule.combine, calls.COMBINE)]
    else:
        kernels += [(family.transport, calls.TRANSPORT)]
        kernels += [(family.score, calls.WEIGH)] if rule.score else []
        kernels += [(family.path, calls.WEIGH)] if rule.path else []
        kernels += [(w.kernel, calls.OWN_WEIGHT) for w in (rule.score, rule.path) if isinstance(w, Weight)]
        kernels += [(rule.joint, calls.JOINT_WEIGHT)] if rule.joint else []
    return sum(calls.linked(kernel, signature).seconds for kernel, signature in kernels)


def _ns_per_estimate(batch: Batch, repeats: tuple[int, int]) -> tuple[float, float]:
    """(drawing, kernels), each repeated so many times."""
    draws, runs = repeats
    return (
        _elapsed_ns(batch.draw, draws) / (draws * batch.estimates),
        _elapsed_ns(batch.run, runs) / (runs * batch.estimates),
    )


def _elapsed_ns(work: Callable[[], None], repeats: int) -> int:
    start = time.perf_counter_ns()
    for _ in range(repeats):
        work()
    return time.perf_counter_ns() - start
