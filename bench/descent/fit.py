"""From learners to what was learned: paths, surfaces and optima, times; the rows of the tables and the verdict."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bench.config.learning import Learning
from bench.descent import clock, contours, firsts, leads, paths, theory, times
from bench.descent.curves import Learned, rows
from bench.descent.learners import Group, Learner, checkpoints, groups, learners
from bench.descent.optimum import Optimum, optimum
from bench.descent.surface import Surface, surface_of
from bench.descent.verdict import Verdict, judge
from bench.engine.case import Case, case_of, theta_of
from bench.engine.laps import Context
from bench.plan.cells import Plan
from bench.plan.rules import evaluations_of
from bench.registry import Registry


@dataclass(frozen=True, slots=True)
class Fitted:
    """The rows of a fit's tables, and what the oracle says of the steps."""

    tables: dict[str, list[dict[str, Any]]]
    verdict: Verdict


def fit(plan: Plan, learning: Learning, registry: Registry, context: Context) -> Fitted:
    """Walk, measure and judge every learner."""
    ordered, recorded = learned_of(plan, learning, registry, context)
    made = [rows(learned, plan, recorded) for learned in ordered]
    tables = {name: [row for rows_of in made for row in getattr(rows_of, name)] for name in ("curves", "paths")}
    tables["theory"] = [theory.row(learned, plan, recorded) for learned in ordered]
    tables["times"] = [row for learned in ordered for row in times.rows(learned, plan, recorded)]
    tables["firsts"] = list(firsts.rows(ordered, plan, recorded))
    if ahead := list(leads.rows(ordered, plan, recorded)):
        tables["leads"] = ahead
    if around := list(contours.rows(ordered, plan)):
        tables["contours"] = around
    return Fitted(tables, judge(ordered))


def learned_of(
    plan: Plan, learning: Learning, registry: Registry, context: Context
) -> tuple[list[Learned], tuple[int, ...]]:
    """Every learner with its path, in the order of the tables; the steps at which the paths were recorded."""
    several = learners(plan, learning, registry)
    recorded = checkpoints(learning.steps, learning.checkpoints)
    surfaces: dict[Any, tuple[Surface, Optimum | None]] = {}
    learned: dict[Learner, Learned] = {}
    for group in groups(several, registry):
        assignment = paths.assignment_of(group, plan, recorded, context)
        walked = paths.run(assignment, learning.replicates, context)
        seconds = clock.step_seconds(assignment, learning.grid.rounds, context.journal, context.fingerprint)
        for i, learner in enumerate(group.learners):
            key = replace(learner.cell, samples=1, sampler="", entropy=None)
            if key not in surfaces:
                surfaces[key] = _surface(group, i, plan, learning)
            surface, best = surfaces[key]
            theta = walked[i].theta
            heights = surface.at(theta.reshape(-1, *theta.shape[2:]))
            member = group.subgrids[i].members[0]
            learned[learner] = Learned(
                learner,
                member,
                _case(group, i, plan),
                walked[i],
                *(surface, heights, best),
                *(evaluations(group, i), float(seconds[i, 0]), (float(seconds[i, 1]), float(seconds[i, 2]))),
            )
    return [learned[learner] for learner in several], recorded


def evaluations(group: Group, i: int) -> int:
    """How often a learner looks at f in a step of one replicate."""
    subgrid = group.subgrids[i]
    return group.samples * evaluations_of(subgrid.members[0].rule, group.stream.dimension, subgrid.form)


def _case(group: Group, i: int, plan: Plan) -> Case:
    """The estimator of a learner in the cell that it starts in."""
    subgrid = group.subgrids[i]
    (cell,), (member,) = subgrid.cells, subgrid.members
    return case_of(group.stream, subgrid, member, cell, plan.data.get(cell.dataset_size or 0, np.empty(0)))


def _surface(group: Group, i: int, plan: Plan, learning: Learning) -> tuple[Surface, Optimum | None]:
    surface = surface_of(group.stream, group.subgrids[i], plan.data, learning.grid.seed)
    theta = theta_of(group.subgrids[i].cells[0].theta)
    start = np.broadcast_to(theta, (surface.rows, theta.shape[1])).copy()
    return surface, optimum(surface, start, learning.fixed)
