"""The stopping rule: stages of some laps each, until the ratios of variances to the reference's are precise enough.

Blocks are added up in their order and stages end at whole laps, so the numbers and the stop are the same whichever
executor ran the blocks. The rule looks at the widths of the intervals, not at their values, and unless the budget ends
sampling a stage adds at least a quarter, so it looks seldom. `tests/slow/test_evidence.py` measures the coverage of the
intervals after a single lap, and the false alarms of the verdict under this rule.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bench.engine import noise, program, reported
from bench.engine.laps import Context, Laps
from bench.plan.cells import Plan, across
from bench.plan.streams import Job, Stream, Subgrid
from bench.spec import Floats
from bench.statistics import jackknife
from bench.statistics.moments import quiet

LEAST_GROWTH = 1.25  # of the laps, from a stage to the next: the rule looks seldom
MOST_GROWTH = 4.0  # no further ahead, for the half-widths of few laps say little about those of many
MARGIN = 1.1  # laps beyond those that half-widths ~ 1 / sqrt(laps) ask for, or many a stage would just miss


@dataclass(frozen=True, slots=True)
class PowerSums:
    """Power sums of a subgrid's estimates about its centre, and how many estimates they hold."""

    subgrid: Subgrid
    totals: Floats  # [groups, cells, members, samples, rows, POWERS] over the blocks of each group
    replicates: Floats  # [groups, samples]


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
    most_laps = max(1, budget // (laps.normals * laps.groups))
    done, goal, end, reached = 0, 1, 1, math.inf
    while done < goal:
        progress = f", worst interval {reached:.1%}" if math.isfinite(reached) else ""
        laps.advance(done, goal, end, f"dimension {stream.dimension}{progress}")
        done = goal
        sums = power_sums(laps, done)
        reached = worst_half_width(sums, plan)
        if reached > precision:
            growth = max(LEAST_GROWTH, MARGIN * (reached / precision) ** 2)
            goal, end = (math.ceil(min(most_laps, done * factor)) for factor in (min(MOST_GROWTH, growth), growth))
    return Sampled(stream, sums, done, reached)


def power_sums(laps: Laps, done: int) -> tuple[PowerSums, ...]:
    """The totals after so many laps, with how many estimates each group of blocks holds."""
    tiles = noise.tiles_of(laps.stream) * done
    return tuple(
        PowerSums(subgrid, totals, np.tile(program.replicates_of(laps.stream, subgrid) * tiles, (laps.groups, 1)))
        for subgrid, totals in zip(laps.stream.subgrids, laps.totals, strict=True)
    )


def worst_half_width(results: Sequence[PowerSums], plan: Plan) -> float:
    """The largest relative half-width of a ratio, or of a variance where a cell has no reference."""
    widths = [half_widths(results, sums, plan) for sums in results]
    return float(max(np.max(width[np.isfinite(width)], initial=0.0) for width in widths))


@quiet
def half_widths(results: Sequence[PowerSums], sums: PowerSums, plan: Plan) -> Floats:
    """[cells, members, samples, parameters] The relative half-widths that are held against the precision.

    They are those of ratios, or of variances where a cell has no reference in the stream. A ratio over other draws adds
    the squares of two logarithmic half-widths, so a job of one has to know its own variance to 1 / sqrt(2) of it.
    """
    widths = jackknife.log_half_width(relative(results, sums, plan)[0])
    if jobs := across(plan):
        of_variances = math.sqrt(2) * jackknife.log_half_width(log_variances_of(sums))
        for p, m, k, job in sums.subgrid.jobs_at():
            if job in jobs:
                widths[p, m, k] = np.fmax(widths[p, m, k], of_variances[p, m, k])
    return np.asarray(np.expm1(widths))


def log_variances_of(sums: PowerSums) -> jackknife.Logs:
    """Log-variances [cells, members, samples, parameters] of the reported parameters: see `bench.engine.reported`."""
    subgrid = sums.subgrid
    traces = partial(reported.traces, subgrid=subgrid)
    return jackknife.log_variances(sums.totals, sums.replicates, reported.floor(subgrid), traces)


def log_mean_squares_of(sums: PowerSums) -> jackknife.Logs:
    """Logarithms of the mean squared errors [cells, members, samples, parameters], about the exact gradient."""
    return jackknife.log_mean_squares(sums.totals, sums.replicates, partial(reported.traces, subgrid=sums.subgrid))


def relative(results: Sequence[PowerSums], sums: PowerSums, plan: Plan) -> tuple[jackknife.Logs, NDArray[np.bool_]]:
    """(logs of a subgrid's variances over the reference's [cells, members, samples, parameters], which are ratios).

    Where a cell has no reference they are plain variances; what is not recorded is NaN.
    """
    return over_reference(results, sums, plan, log_variances_of)


def over_reference(
    results: Sequence[PowerSums], sums: PowerSums, plan: Plan, logs_of: Callable[[PowerSums], jackknife.Logs]
) -> tuple[jackknife.Logs, NDArray[np.bool_]]:
    """`relative`, for any logarithm of a subgrid's power sums."""
    logs = logs_of(sums)
    base = jackknife.Logs(np.zeros_like(logs.all), np.zeros_like(logs.without))
    is_ratio = np.zeros(logs.all.shape[:3], dtype=bool)
    pairs = [(result, logs_of(result)) for result in results]
    positions = {job: (below, at) for result, below in pairs for job, at in _recorded(result.subgrid)}
    for p, m, k, job in sums.subgrid.jobs_at():
        at = p, m, k
        reference = plan.reference(job[0])
        if job not in sums.subgrid.jobs:
            base.all[*at] = np.nan
        elif reference is not None and reference in positions:
            below, there = positions[reference]
            base.all[*at] = below.all[*there]
            base.without[:, *at] = below.without[:, *there]
            is_ratio[*at] = reference != job
    return jackknife.minus(logs, base), is_ratio


def _recorded(subgrid: Subgrid) -> Iterator[tuple[Job, tuple[int, int, int]]]:
    """The jobs of a subgrid that are recorded, with their cell, member and number of samples."""
    return ((job, (p, m, k)) for p, m, k, job in subgrid.jobs_at() if job in subgrid.jobs)
