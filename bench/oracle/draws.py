"""Histograms of single draws of f and of two estimators' gradients in one cell, on the same noise: variance to be seen.

Of estimators whose estimate is a mean of what each draw gives, in a cell of tied components: leave-one-out has no
gradient of one draw, a batch of the data is shared by several, and untied components have a gradient each. The draws
have noise of their own, independent whatever the sampler, so what is measured is the same with them or without.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench.engine import reported
from bench.engine.apply import constant, contributions, evaluated, transported
from bench.engine.case import Case, case_of
from bench.engine.noise import generator
from bench.oracle.rows import Row, row_of
from bench.plan.cells import Plan, label
from bench.plan.streams import Member, Stream, Subgrid
from bench.spec import Cell, Floats, Weights
from bench.tables.slices import AS_SIGMA2

COUNT = 1000
BINS, SHARE = 60, 0.98  # over the range that holds so much of the widest estimator
FIRST = (
    "pathwise",
    "score_function",
)  # of these the draws are, where they run; else of the first two that can be shown


def rows(plan: Plan, seed: int) -> Iterator[Row]:
    """The rows of draws.csv: the middle cell of the first subgrid where two estimators run; none without such a one."""
    for stream in plan.streams:
        for subgrid in stream.subgrids:
            members, cell = _members(subgrid), subgrid.cells[len(subgrid.cells) // 2]
            if len(members) == 2 and cell.components == "tied" and subgrid.objective.batches is None:
                yield from _of_cell(plan, stream, subgrid, members, cell, seed)
                return


def _members(subgrid: Subgrid) -> list[Member]:
    """Two estimators whose estimate is a mean of what each draw gives, with nothing frozen."""
    able = [
        member
        for member in subgrid.members
        if not (isinstance(member.rule, Weights) and member.rule.joint) and member.estimator.freeze is None
    ]
    usual = [member for member in able if member.estimator.name in FIRST]
    return usual if len(usual) == 2 else able[:2]


def _of_cell(
    plan: Plan, stream: Stream, subgrid: Subgrid, members: list[Member], cell: Cell, seed: int
) -> Iterator[Row]:
    data = plan.data.get(cell.dataset_size or 0, np.empty(0))
    noise = np.empty((len(stream.channels), stream.dimension, COUNT))
    for channel, out in zip(stream.channels, noise, strict=True):
        channel.fill(generator(f"single draws\0{channel.name}", seed), out)
    factors = reported.factors(subgrid.family, cell)[0]
    exact = np.full(subgrid.rows, np.nan) if subgrid.exact is None else subgrid.exact[subgrid.cells.index(cell)]
    truth = reported.by_parameter(exact, subgrid.family)[0] * factors
    alone, names = replace(cell, samples=1), [label(member.variant) for member in members]
    pairs = [single(case_of(stream, subgrid, member, cell, data), noise) for member in members]
    f = pairs[0][0]
    yield from _bins(row_of("draws", plan, alone, "") | {"estimator": ""}, f, _range(f), np.nan)
    for q, parameter in enumerate(subgrid.family.reported):
        if parameter not in AS_SIGMA2:
            gradients = [by_parameter[:, q] for _, by_parameter in pairs]
            limits = _range(max(gradients, key=np.var))
            for name, values in zip(names, gradients, strict=True):
                row = row_of("draws", plan, alone, parameter) | {"estimator": name}
                yield from _bins(row, values, limits, truth[q])


def _range(values: Floats) -> tuple[float, float]:
    """Where all but the farthest values lie."""
    low, high = np.quantile(values, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return (float(low), float(high)) if low < high else (float(low) - 0.5, float(high) + 0.5)


def _bins(row: Row, values: Floats, limits: tuple[float, float], truth: float) -> Iterator[Row]:
    """A row for each bin of the range; what lies outside is counted in the first and the last."""
    numbers, edges = np.histogram(np.clip(values, *limits), bins=BINS, range=limits)
    same = {"variance": float(values.var(ddof=1)), "exact_gradient": float(truth) if np.isfinite(truth) else None}
    for number, low, high in zip(numbers, edges[:-1], edges[1:], strict=True):
        yield {**row, "low": float(low), "high": float(high), "count": int(number), **same}


def single(case: Case, noise: Floats) -> tuple[Floats, Floats]:
    """f[draws] and the gradients[draws, reported] of tied components, for noise[channels, d, draws]."""
    noise = np.ascontiguousarray(noise[: len(case.channels)])
    f = evaluated(case, transported(case, noise), ["value"]).value[0]
    by_row = contributions(case, noise) + constant(case)[:, np.newaxis]
    factors = reported.factors(case.family, case.cell)[0]
    return f, reported.by_parameter(by_row.T, case.family)[:, 0] * factors
