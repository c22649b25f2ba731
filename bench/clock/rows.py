"""The rows of timings.csv.

Rounds go over the estimators of a cell in rotated order (A B C, B C A, ...), so slow drifts of the machine hit all
alike and the ratio of one round is fair. The median is quoted with the distribution-free interval between two order
statistics: `bench.statistics.medians`.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from bench.clock.turns import in_turns
from bench.clock.work import Work, calibrated
from bench.engine.journal import Journal, key_of
from bench.plan.cells import Plan, label
from bench.registry import Registry
from bench.spec import Cell, Floats, Variant
from bench.statistics.medians import median
from bench.tables.timings import TIMINGS

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
    cells = _alike(plan) if rounds else []
    for left, cell in zip(reversed(range(len(cells))), cells, strict=True):
        variants = [variant for variant in plan.estimators if (cell, variant) not in plan.skips]
        forms = registry.get("objective", cell.objective.name).forms.get(cell.latent, {})
        for evaluation, form in forms.items() if variants else ():
            key = key_of("timing", fingerprint, TIMINGS.columns, cell, evaluation, variants, rounds)
            _, entry = journal.read([key]).get(key, (0, None))
            if entry is None:
                works = [calibrated(plan, cell, variant, registry, form) for variant in variants]
                timed = list(_rows(plan, cell, evaluation, variants, works, rounds))
                entry = json.dumps(timed).encode()
                journal.write({key: entry})
            yield from json.loads(entry)
        progress(1, left)


def _alike(plan: Plan) -> list[Cell]:
    """One cell for all that differ in theta alone, which costs nothing: the first in which something is run."""
    cells: dict[Cell, Cell] = {}
    for cell in plan.cells:
        if any((cell, variant) not in plan.skips for variant in plan.estimators):
            cells.setdefault(replace(cell, theta=()), cell)
    return list(cells.values())


def _times(works: Sequence[Work], rounds: int) -> Floats:
    """Times[rounds, works, drawing and kernels] in ns per estimate, in rotated order; fewer rounds of long work."""
    rounds = min(rounds, max(LEAST_ROUNDS, int(MOST_NS / sum(work.round_ns for work in works))))
    return in_turns([work.time for work in works], rounds)


def _rows(
    plan: Plan, cell: Cell, evaluation: str, variants: Sequence[Variant], works: Sequence[Work], rounds: int
) -> Iterator[dict[str, Any]]:
    """The rows of one cell in one kind of evaluation."""
    times = _times(works, rounds)
    estimate_ns = times.sum(axis=2)
    there, reference = plan.reference(cell) or (None, None)
    is_here = there == cell and reference in variants  # times of another cell were not measured in turn with these
    reference_ns = estimate_ns[:, variants.index(reference)] if is_here else np.full(len(times), np.nan)
    for m, (variant, work) in enumerate(zip(variants, works, strict=True)):
        yield dict.fromkeys(TIMINGS.columns[1:]) | {
            "objective": cell.objective.name,
            "variant": cell.objective.label,
            "latent": cell.latent,
            "family": cell.family,
            "components": cell.components,
            "entropy": cell.entropy or "",
            "evaluation": evaluation,
            "sampler": cell.sampler,
            "estimator": label(variant),
            "dataset_size": cell.dataset_size,
            "samples": cell.samples,
            "dimension": cell.dimension,
            "rounds": len(times),
            "compile_s": work.compile_s,
            "draw_ns": median(times[:, m, 0])[0],
            "kernel_ns": median(times[:, m, 1])[0],
            **_interval("estimate_ns", estimate_ns[:, m]),
            **_interval("time_ratio", estimate_ns[:, m] / reference_ns),
        }


def _interval(column: str, values: Floats) -> dict[str, float]:
    """The median of values[rounds] and its interval, by column."""
    return dict(zip((column, f"{column}_low", f"{column}_high"), median(values), strict=True))
