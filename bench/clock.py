"""Wall-clock of an estimate: the engine's own kernels, alone, warm, interleaved.

Rounds go over the estimators of a cell in rotated order (A B C, B C A, ...), so slow drifts of the machine hit all
alike and the ratio of one round is fair. Drawing and kernels are timed apart, each call at least 2 ms; times are
amortised over the estimates of a batch. The median is quoted with the distribution-free interval between two order
statistics. David & Nagaraja (2003), Order Statistics, section 7.1.
"""

import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from bench.engine import blocks, noise, program
from bench.engine.journal import Journal, key
from bench.kernels import calls
from bench.plan import tiling
from bench.plan.cells import Plan, label
from bench.plan.streams import streams
from bench.registry import Registry
from bench.spec import Cell, Derivatives, Form, Variant
from bench.statistics.medians import median
from bench.tables.schema import REFERENCE
from bench.tables.timings import TIMINGS

LEAST_NS = 2_000_000  # of work in one timed call
MOST_NS = 2_000_000_000  # of all rounds of a cell: where they would take longer, there are fewer
LEAST_ROUNDS = 3


def rows(
    plan: Plan,
    registry: Registry,
    rounds: int,
    journal: Journal,
    fingerprint: str,
    progress: Callable[[int, int], None],
) -> Iterator[dict[str, Any]]:
    """The rows of timings.csv: each kind of evaluation of each cell that differs in what it costs."""
    alike = (replace(cell, mu=plan.cells[0].mu, sigma=plan.cells[0].sigma) for cell in plan.cells)
    cells = list(dict.fromkeys(alike)) if rounds else []
    for left, cell in zip(reversed(range(len(cells))), cells, strict=True):
        variants = [variant for variant in plan.estimators if (cell, variant) not in plan.skips]
        forms = registry.get("objective", cell.objective.name).forms.get(cell.latent, {})
        for evaluation in forms if variants else ():
            entry = key("timing", fingerprint, cell, evaluation, variants, rounds)
            _, found = journal.read([entry]).get(entry, (0, None))
            if found is None:
                found = json.dumps(list(_time(plan, cell, variants, evaluation, registry, rounds))).encode()
                journal.write({entry: found})
            yield from json.loads(found)
        progress(1, left)


def _time(
    plan: Plan, cell: Cell, variants: list[Variant], evaluation: str, registry: Registry, rounds: int
) -> Iterator[dict[str, Any]]:
    form = registry.get("objective", cell.objective.name).forms[cell.latent][evaluation]
    works = [_Work(plan, cell, variant, registry, form) for variant in variants]
    rounds = min(rounds, max(LEAST_ROUNDS, int(MOST_NS / sum(work.round_ns for work in works))))
    times = np.empty((rounds, len(works), 2))  # ns per estimate: drawing, kernels
    for r in range(rounds):
        for i in range(len(works)):
            m = (i + r) % len(works)
            times[r, m] = works[m].time()
    whole = times.sum(axis=2)
    names = [variant.name for variant in variants]
    base = whole[:, names.index(REFERENCE)] if REFERENCE in names else np.full(rounds, np.nan)
    for m, variant in enumerate(variants):
        estimate, ratio = median(whole[:, m]), median(whole[:, m] / base)
        row = dict.fromkeys(TIMINGS.columns[1:])
        yield row | {
            "objective": cell.objective.name,
            "variant": cell.objective.label,
            "latent": cell.latent,
            "evaluation": evaluation,
            "sampler": cell.sampler,
            "estimator": label(variant),
            "dataset_size": cell.dataset_size,
            "samples": cell.samples,
            "dimension": cell.dimension,
            "rounds": rounds,
            "compile_s": works[m].compile_s,
            "draw_ns": median(times[:, m, 0])[0],
            "kernel_ns": median(times[:, m, 1])[0],
            **dict(zip(("estimate_ns", "estimate_ns_low", "estimate_ns_high"), estimate, strict=True)),
            **dict(zip(("time_ratio", "time_ratio_low", "time_ratio_high"), ratio, strict=True)),
        }


class _Work:
    """One estimator in one cell, ready to be timed: warm, and with how often to repeat for a call long enough."""

    def __init__(self, plan: Plan, cell: Cell, variant: Variant, registry: Registry, form: Form) -> None:
        (stream,) = streams([(cell, variant)], registry)
        subgrid = replace(stream.subgrids[0], form=form)
        self.stream, estimator = stream, subgrid.estimators[0][1]
        self.program = program.program(stream, subgrid, plan.data)
        kernels = [getattr(form, name) for name in Derivatives._fields if name in estimator.needs]
        kernels += [estimator.place, estimator.combine, estimator.estimate]
        self.compile_s = sum(calls.compile_seconds.get(kernel, 0.0) for kernel in kernels)
        self.per_tile = float(program.replicates_of(stream, subgrid)[0])
        self.sources = noise.generators(stream, 0, 0)
        self.room = program.workspace(stream, self.program)
        self._take(1)
        most = max(1, tiling.CHUNK // (stream.dimension * stream.tile))
        self._take(min(most, math.ceil(LEAST_NS / (self.time()[1] * self.estimates))))
        self.repeats = [math.ceil(LEAST_NS / (ns * self.estimates)) for ns in self.time()]

    def _take(self, tiles: int) -> None:
        """Make the batch so many tiles, and warm."""
        self.tiles, self.estimates, self.repeats = tiles, self.per_tile * tiles, [1, 1]
        self.noise = noise.buffer(self.stream, tiles)
        self.time()

    @property
    def round_ns(self) -> float:
        """What one round of it takes."""
        return sum(ns * self.estimates * n for ns, n in zip(self.time(), self.repeats, strict=True))

    def time(self) -> tuple[float, float]:
        """(drawing, kernels) in ns per estimate, now."""
        return self._per_estimate(0, self._draw), self._per_estimate(1, self._run)

    def _per_estimate(self, which: int, work: Callable[[], None]) -> float:
        start = time.perf_counter_ns()
        for _ in range(self.repeats[which]):
            work()
        return (time.perf_counter_ns() - start) / (self.repeats[which] * self.estimates)

    def _draw(self) -> None:
        for _, size in noise.spans(self.stream, self.tiles):
            noise.fill(self.stream, self.sources, self.noise[:size])

    def _run(self) -> None:
        for first, size in noise.spans(self.stream, self.tiles):
            blocks.send(self.noise[:size], first, [self.program], [self.room])
