"""What each kernel of a subgrid is tried on: a few draws of the subgrid's smallest cell, in its last component.

Kernels come in the order of a draw's way: the family's, then those of f, then the rules', so each finds arguments that
kernels made which were tried before.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bench.engine.apply import evaluated, looks, summarised, transported
from bench.engine.case import Case, case_of
from bench.engine.pilot import draws, prepared
from bench.kernels import calls
from bench.plan.rules import rows_of_weight
from bench.plan.streams import Stream, Subgrid
from bench.probe import kernels
from bench.probe.kernels import Called, Users
from bench.probe.trial import Trial
from bench.spec import Component, Floats, Points, Weight

DRAWS = 8


def of_users(stream: Stream, subgrid: Subgrid, data: Mapping[int, Floats], users: Users) -> Iterator[Trial]:
    """A trial of every kernel of the user's plug-ins in a subgrid."""
    cell = min(subgrid.cells, key=lambda cell: cell.dataset_size or 0)
    cases = [
        case_of(stream, subgrid, member, cell, data.get(cell.dataset_size or 0, np.empty(0)))
        for member in subgrid.members
    ]
    for called in kernels.of_family(subgrid, users):
        yield _of_family(called, cases[0])
    for called in kernels.of_objective(subgrid, users):
        yield _of_f(called, cases[0])
    for case, member in zip(cases, subgrid.members, strict=True):
        for called in kernels.of_member(subgrid, member, users):
            yield _of_rule(called, prepared(case))


def _theta(case: Case) -> Floats:
    """The last component's."""
    theta: Floats = case.tables[-1]
    return theta


def _of_family(called: Called, case: Case) -> Trial:
    noise, j, k = draws(case, DRAWS), case.cell.dimension - 1, len(case.family.parameters)
    drawn = {"noise": noise, "j": j, "theta": _theta(case)}
    if called.signature == calls.TRANSPORT:
        return Trial(called, drawn, "y", (DRAWS,))
    y = transported(case, noise)[j].copy()
    if called.signature == calls.DENSITY:
        return Trial(called, {"y": y, "theta": _theta(case)}, "out", (DRAWS,))
    weight = np.linspace(-1.5, 2.0, DRAWS)
    return Trial(called, {"weight": weight, **drawn, "y": y}, "out", (k, DRAWS), adds=True)


def _of_f(called: Called, case: Case) -> Trial:
    y = transported(case, draws(case, DRAWS))
    inputs = {"y": y, "data": summarised(case), "phi": np.array(case.cell.objective.phi, dtype=float)}
    return Trial(called, inputs, "out", (DRAWS,) if called.signature == calls.VALUE else y.shape)


def _of_rule(called: Called, case: Case) -> Trial:
    rule, k, j = case.rule, len(case.family.parameters), case.cell.dimension - 1
    if called.signature == calls.JOINT_WEIGHT:
        samples = max(2, case.estimator.degree)
        value = evaluated(case, transported(case, draws(case, 4 * samples)), ["value"]).value[0].copy()
        return Trial(called, {"value": value, "samples": samples}, "out", value.shape)
    noise = draws(case, DRAWS)
    y = transported(case, noise)
    if not isinstance(rule, Points):
        weight = next(w for w in (rule.score, rule.path) if isinstance(w, Weight) and w.kernel is called.function)
        f = evaluated(case, y, weight.needs)
        inputs: dict[str, Any] = {"noise": noise, "y": y, "theta": case.tables, "phi": case.phi, "f": f}
        return Trial(called, inputs, "out", (rows_of_weight(weight, case.family, len(y)), DRAWS))
    drawn = {"noise": noise, "j": j, "theta": _theta(case), "phi": case.phi}
    if called.signature == calls.PLACE:
        return Trial(called, drawn, "x", (rule.evaluations, DRAWS))
    unread = tuple(name for name in Component._fields if name not in rule.needs)
    return Trial(called, drawn | {"f": looks(case, noise, y, j)}, "out", (k, DRAWS), adds=True, unread=unread)
