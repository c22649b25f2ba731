"""Rounds of laps through all the cells that share their draws, until the ratios are precise enough.

Blocks are added up in their order and rounds end at whole laps, so neither the numbers nor the stop depend on who ran
the blocks.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.engine import noise, program
from bench.engine.laps import Context, Laps
from bench.plan.cells import Plan
from bench.plan.streams import Stream, Subgrid
from bench.plan.tiling import GROUPS
from bench.spec import Floats
from bench.statistics import jackknife, moments


@dataclass(frozen=True, slots=True)
class PowerSums:
    """Power sums of a subgrid's estimates about the exact gradient, and how many estimates they hold."""

    subgrid: Subgrid
    sums: Floats  # [GROUPS, cells, estimators, samples, 2, POWERS]
    replicates: Floats  # [GROUPS, samples]
    centre: Floats  # [cells, 2] the exact gradient


@dataclass(frozen=True, slots=True)
class Sampled:
    """What a stream gave: the sums of its subgrids, and how far it went."""

    stream: Stream
    subgrids: tuple[PowerSums, ...]
    laps: int
    reached: float  # relative half-width of the worst ratio


def run(stream: Stream, plan: Plan, precision: float, budget: int, means: Context) -> Sampled:
    """Rounds of laps until the worst ratio is as precise as asked, or the budget of normals is spent."""
    laps = Laps(stream, plan, means)
    each = [program.replicates_of(stream, subgrid) * noise.tiles_of(stream) for subgrid in stream.subgrids]
    centres = [one.centre for one in laps.programs]
    most = max(1, budget // (laps.normals * GROUPS))
    done, goal, end, reached = 0, 1, 1, math.inf
    while done < goal:
        known = f", worst interval {reached:.1%}" if math.isfinite(reached) else ""
        laps.advance(done, goal, end, f"dimension {stream.dimension}{known}")
        done = goal
        counts = [np.tile(one * done, (GROUPS, 1)) for one in each]
        results = tuple(PowerSums(*parts) for parts in zip(stream.subgrids, laps.totals, counts, centres, strict=True))
        reached = worst_half_width(results)
        if reached > precision:
            needed = max(1.25, 1.1 * (reached / precision) ** 2)
            goal, end = (math.ceil(min(most, done * factor)) for factor in (min(4.0, needed), needed))
    return Sampled(stream, results, done, reached)


def worst_half_width(results: Sequence[PowerSums]) -> float:
    """The largest relative half-width of a ratio, or of a variance where there is no pathwise one."""
    widths = [jackknife.half_width(relative(results, one)[0]) for one in results]
    return float(max(np.max(width[np.isfinite(width)], initial=0.0) for width in widths))


def log_variances(one: PowerSums) -> jackknife.Logs:
    """Logarithms of a subgrid's variances [cells, estimators, samples, 2]; of round-off alone, of 0."""
    floor = (moments.ROUND_OFF * one.centre[:, np.newaxis, np.newaxis, :]) ** 2
    return jackknife.log_variances(one.sums, one.replicates, floor)


def relative(results: Sequence[PowerSums], one: PowerSums) -> tuple[jackknife.Logs, bool]:
    """(logarithms of a subgrid's variances over the pathwise ones in the same cells, True), or plain ones and False."""
    logs = log_variances(one)
    for other in results:
        names = [variant.name for variant, _ in other.subgrid.estimators]
        cells = set(one.subgrid.cells) <= set(other.subgrid.cells) and set(one.subgrid.samples) <= set(
            other.subgrid.samples
        )
        if "pathwise" in names and cells:
            m = names.index("pathwise")
            index = np.ix_(
                [other.subgrid.cells.index(p) for p in one.subgrid.cells],
                [m],
                [other.subgrid.samples.index(k) for k in one.subgrid.samples],
            )
            base = log_variances(other)
            return jackknife.minus(
                logs, jackknife.Logs(base.all[index], np.array([w[index] for w in base.without]))
            ), True
    return logs, False
