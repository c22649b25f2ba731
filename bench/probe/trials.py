"""What each kernel of a subgrid is tried on: draws of the subgrid's smallest cell, in its last component.

First a few of moderate noise, then a few that reach the ends of what the engine draws and the oracle looks at, in the
cell where they take y farthest, then as many as the engine computes at once. In each turn kernels come in the order of
a draw's way: the family's, then those of f, then the rules', so each finds arguments that kernels made which were tried
before.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from bench.engine.apply import evaluated, looks, summarised, tabulated, transported, with_batch
from bench.engine.case import Case, case_of
from bench.engine.pilot import draws, prepared
from bench.kernels import calls
from bench.plan.rules import rows_of_weight
from bench.plan.streams import Stream, Subgrid
from bench.probe import kernels
from bench.probe.kernels import Called, Users
from bench.probe.trial import Trial
from bench.spec import BaseNoise, Cell, Component, Floats, Points, Weight

DRAWS = 8
NODES = 64  # of the rule of a channel that tells no ends, whose outermost stand for them
LONG_S = 8.0  # for all kernels on a whole strip: of an expensive f it is as many draws as this allows


class Turn(NamedTuple):
    """The draws of a turn."""

    noise: Callable[[Case, int], Floats]  # (case, draws) -> [channels, d, draws]
    draws: int  # that kernels are called with
    together: int  # draws whose weights are made at once
    words: str = ""  # what is told of them beside a slip
    interpreted: bool = True  # whether kernels are tried as they are written, too


def of_users(stream: Stream, subgrid: Subgrid, data: Mapping[int, Floats], users: Users) -> Iterator[Trial]:
    """A trial of every kernel of the user's plug-ins in a subgrid, in each turn."""
    cases = cases_of(stream, subgrid, data)

    def made(turn: Turn) -> Iterator[Trial]:
        for called in kernels.of_family(subgrid, users):
            yield _of_family(called, cases[0], turn)
        reached = _farthest(stream, subgrid, data) if turn.noise is far else cases
        for called in kernels.of_objective(subgrid, users):
            yield _of_f(called, reached[0], turn)
        for case, member in zip(reached, subgrid.members, strict=True):
            for called in kernels.of_member(subgrid, member, users):
                yield _of_rule(called, prepared(case), turn)

    def trials(turn: Turn) -> Iterator[Trial]:
        for trial in made(turn):
            called = trial.called._replace(place=f"{trial.called.place}{turn.words}")
            yield replace(trial, called=called, interpreted=turn.interpreted)

    yield from trials(Turn(draws, DRAWS, DRAWS))
    begin = time.perf_counter()
    yield from trials(Turn(far, DRAWS, DRAWS, " at the ends of its noise"))
    share = min(1.0, LONG_S * DRAWS / ((time.perf_counter() - begin) * stream.cut.strip))
    strip = DRAWS * max(1, int(share * stream.cut.strip) // DRAWS)
    yield from trials(Turn(draws, strip, int(share * stream.cut.tile), f" on {strip} draws", interpreted=False))


def cases_of(stream: Stream, subgrid: Subgrid, data: Mapping[int, Floats], cell: Cell | None = None) -> list[Case]:
    """The members of a subgrid in one of its cells, else in its smallest."""
    cell = cell or min(subgrid.cells, key=lambda cell: cell.dataset_size or 0)
    x = data.get(cell.dataset_size or 0, np.empty(0))
    return [case_of(stream, subgrid, member, cell, x) for member in subgrid.members]


def _farthest(stream: Stream, subgrid: Subgrid, data: Mapping[int, Floats]) -> list[Case]:
    """The members in the cell, among those of the smallest size, where y reaches farthest."""
    least = min(cell.dataset_size or 0 for cell in subgrid.cells)
    thetas = {cell.theta: cell for cell in subgrid.cells if (cell.dataset_size or 0) == least}

    def reach(cases: list[Case]) -> float:
        y = abs(transported(cases[0], far(cases[0], DRAWS)))
        return float(np.where(np.isfinite(y), y, 0.0).max())

    return max((cases_of(stream, subgrid, data, cell) for cell in thetas.values()), key=reach)


def far(case: Case, count: int) -> Floats:
    """noise[channels, d, count] that reaches from end to end of each channel; components meet different parts of it."""
    rows = [_from_end_to_end(channel, count) for channel in case.channels]
    return np.array([[np.roll(row, c + j) for j in range(case.cell.dimension)] for c, row in enumerate(rows)])


def _from_end_to_end(channel: BaseNoise, count: int) -> Floats:
    """[count]."""
    if np.isfinite(channel.ends).all():
        return np.linspace(*channel.ends, count)
    points, _ = channel.rule(NODES)
    return np.quantile(points, np.linspace(0.0, 1.0, count), method="nearest")


def _theta(case: Case) -> Floats:
    """The last component's."""
    theta: Floats = case.tables[-1]
    return theta


def _of_family(called: Called, case: Case, turn: Turn) -> Trial:
    noise, j, k = turn.noise(case, turn.draws), case.cell.dimension - 1, len(case.family.parameters)
    drawn = {"noise": noise, "j": j, "theta": _theta(case)}
    if called.signature == calls.MOMENTS:
        return Trial(called, {"theta": _theta(case)}, "out", (2, 1 + k))
    if called.signature == calls.TRANSPORT:
        return Trial(called, drawn, "y", (turn.draws,))
    y = transported(case, noise)[j].copy()
    if called.signature == calls.DENSITY:
        return Trial(called, {"y": y, "theta": _theta(case)}, "out", (turn.draws,))
    weight = np.linspace(-1.5, 2.0, turn.draws)
    return Trial(called, {"weight": weight, **drawn, "y": y}, "out", (k, turn.draws), adds=True)


def _of_f(called: Called, case: Case, turn: Turn) -> Trial:
    case = case.alone
    y = transported(case, turn.noise(case, turn.draws))
    inputs = {"y": with_batch(case, y), "data": summarised(case), "phi": tabulated(case)}
    return Trial(called, inputs, "out", (turn.draws,) if called.signature == calls.VALUE else y.shape)


def _of_rule(called: Called, case: Case, turn: Turn) -> Trial:
    rule, k, j = case.rule, len(case.family.parameters), case.cell.dimension - 1
    if called.signature == calls.JOINT_WEIGHT:
        samples = max(2, case.estimator.degree)
        count = samples * max(4, turn.together // samples)
        some = turn.noise(case, max(turn.draws, 4 * samples))
        value = np.resize(evaluated(case, transported(case, some), ["value"]).value[0], count)
        return Trial(called, {"value": value, "samples": samples}, "out", value.shape)
    if called.signature == calls.CONSTANT:
        moments = np.arange(1.0, 3.0 + 2 * k).reshape(2, 1 + k)
        return Trial(called, {"moments": moments, "j": j, "phi": case.phi}, "out", (k,))
    noise = turn.noise(case, turn.draws)
    y = transported(case, noise)
    if not isinstance(rule, Points):
        weight = next(w for w in (rule.score, rule.path) if isinstance(w, Weight) and w.kernel is called.function)
        f = evaluated(case, y, weight.needs)
        inputs: dict[str, Any] = {"noise": noise, "y": y, "theta": case.tables, "phi": case.phi, "f": f}
        return Trial(called, inputs, "out", (rows_of_weight(weight, case.family, len(y)), turn.draws))
    drawn = {"noise": noise, "j": j, "theta": _theta(case), "phi": case.phi}
    if called.signature == calls.PLACE:
        return Trial(called, drawn, "x", (rule.evaluations, turn.draws))
    unread = tuple(name for name in Component._fields if name not in rule.needs)
    read = drawn | {"f": looks(case, noise, y, j)}
    return Trial(called, read, "out", (k, turn.draws), adds=True, unread=unread)
