"""The stopping rule: stages of some laps each, until the ratios of variances to the reference's are precise enough.

Blocks are added up in their order and stages end at whole laps, so the numbers and the stop are the same whichever
executor ran the blocks. The rule looks at the widths of the intervals, not at their values, and unless the budget ends
sampling a stage adds at least a quarter, so it looks seldom. `tests/slow/test_evidence.py` measures the coverage of the
intervals after a single lap, and the false alarms of the verdict under this rule.
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
from bench.spec import REFERENCE, Floats
from bench.statistics import jackknife, moments

LEAST_GROWTH = 1.25  # of the laps, from a stage to the next: the rule looks seldom
MOST_GROWTH = 4.0  # no further ahead, for the half-widths of few laps say little about those of many
MARGIN = 1.1  # laps beyond those that half-widths ~ 1 / sqrt(laps) ask for, or many a stage would just miss


@dataclass(frozen=True, slots=True)
class PowerSums:
    """Power sums of a subgrid's estimates about the exact gradient, and how many estimates they hold."""

    subgrid: Subgrid
    totals: Floats  # [GROUPS, cells, estimators, samples, 2, POWERS] over the blocks of each group
    replicates: Floats  # [GROUPS, samples]
    centre: Floats  # [cells, 2] the exact gradient


@dataclass(frozen=True, slots=True)
class Sampled:
    """What a stream gave: the power sums of its subgrids, and how far it went."""

    stream: Stream
    subgrids: tuple[PowerSums, ...]
    laps: int
    reached: float  # relative half-width of the worst ratio: sqrt(high / low) - 1


def run(stream: Stream, plan: Plan, precision: float, budget: int, context: Context) -> Sampled:
    """Stages of laps until the worst ratio is as precise as asked, or the stream has spent its budget of normals."""
    laps = Laps(stream, plan, context)
    most_laps = max(1, budget // (laps.normals * GROUPS))
    done, goal, end, reached = 0, 1, 1, math.inf
    while done < goal:
        progress = f", worst interval {reached:.1%}" if math.isfinite(reached) else ""
        laps.advance(done, goal, end, f"dimension {stream.dimension}{progress}")
        done = goal
        sums = power_sums(laps, done)
        reached = worst_half_width(sums)
        if reached > precision:
            growth = max(LEAST_GROWTH, MARGIN * (reached / precision) ** 2)
            goal, end = (math.ceil(min(most_laps, done * factor)) for factor in (min(MOST_GROWTH, growth), growth))
    return Sampled(stream, sums, done, reached)


def power_sums(laps: Laps, done: int) -> tuple[PowerSums, ...]:
    """The totals after so many laps, with how many estimates each group of blocks holds."""
    tiles = noise.tiles_of(laps.stream) * done
    return tuple(
        PowerSums(subgrid, totals, np.tile(program.replicates_of(laps.stream, subgrid) * tiles, (GROUPS, 1)), centre)
        for subgrid, totals, centre in zip(
            laps.stream.subgrids, laps.totals, (linked.centre for linked in laps.programs), strict=True
        )
    )


def worst_half_width(results: Sequence[PowerSums]) -> float:
    """The largest relative half-width of a ratio, or of a variance where the subgrid has no reference."""
    widths = [jackknife.half_width(relative(results, sums)[0]) for sums in results]
    return float(max(np.max(width[np.isfinite(width)], initial=0.0) for width in widths))


def log_variances_of(sums: PowerSums) -> jackknife.Logs:
    """Log-variances [cells, estimators, samples, 2]; one at or below round-off counts as 0, so its log is -inf."""
    floor = (moments.ROUND_OFF * sums.centre[:, np.newaxis, np.newaxis, :]) ** 2
    return jackknife.log_variances(sums.totals, sums.replicates, floor)


def relative(results: Sequence[PowerSums], sums: PowerSums) -> tuple[jackknife.Logs, bool]:
    """(logs of a subgrid's variances over the reference's in the same cells, True), or plain ones and False."""
    logs, subgrid = log_variances_of(sums), sums.subgrid
    for reference in results:
        names = [variant.name for variant, _ in reference.subgrid.estimators]
        cells, samples = reference.subgrid.cells, reference.subgrid.samples
        if REFERENCE in names and set(subgrid.cells) <= set(cells) and set(subgrid.samples) <= set(samples):
            index = np.ix_(
                [cells.index(cell) for cell in subgrid.cells],
                [names.index(REFERENCE)],
                [samples.index(k) for k in subgrid.samples],
            )
            base = log_variances_of(reference)
            without = np.array([group[index] for group in base.without])
            return jackknife.minus(logs, jackknife.Logs(base.all[index], without)), True
    return logs, False
