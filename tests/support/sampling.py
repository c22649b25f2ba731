"""One round of a plan's streams, and what was measured in it, without a command line around it."""

import math
from collections.abc import Iterable
from dataclasses import replace

from bench.engine import stages
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.engine.stages import Sampled
from bench.laws.cases import DATA
from bench.oracle.gradients import centred
from bench.oracle.measured import Measured, measured
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.registry import Registry
from bench.spec import Cell, Floats
from tests.support.cases import EVERYTHING
from tests.support.streams import plan_of, stream_of, with_block


def sampled_of(plan: Plan, precision: float = math.inf, budget: int = 1, seed: int = 0) -> tuple[Sampled, ...]:
    """What the streams of a plan give, whose power sums have their centres."""
    with Journal(None) as journal:
        context = Context(seed, map, journal, "", lambda *state: None)
        return tuple(stages.run(stream, plan, precision, budget, context) for stream in plan.streams)


def results_of(plan: Plan, samples: Iterable[Sampled]) -> dict[Job, Measured]:
    """What was measured."""
    return {job: result for sampled in samples for job, result in measured(sampled, plan, 1.0)}


def small(
    cells: Iterable[Cell], estimators: Iterable[str], registry: Registry = EVERYTHING, data: Floats = DATA
) -> tuple[Plan, dict[Job, Measured]]:
    """Some estimators in some cells of one stream, in blocks of a tile: the plan, and a round of it."""
    stream = with_block(stream_of(cells, estimators, registry), 1)
    plan = plan_of(stream, {data.size: data})
    jobs = [job for subgrid in stream.subgrids for *_, job in subgrid.jobs_at() if job in subgrid.jobs]
    plan = centred(replace(plan, cells=tuple(dict.fromkeys(cell for cell, _ in jobs))))
    return plan, results_of(plan, sampled_of(plan))
