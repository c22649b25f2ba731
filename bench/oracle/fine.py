"""Exact moments between the values of a sweep's axes: the rows of exact.csv, along one axis or over two."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from bench.config import finer
from bench.config.settings import Settings
from bench.engine import reported
from bench.engine.case import case_of
from bench.oracle.exact import none
from bench.oracle.gradients import exact_gradient
from bench.oracle.measured import exact_moments, norm
from bench.oracle.routes import broken_claim
from bench.oracle.rows import row_of
from bench.plan import cells
from bench.plan.cells import Plan, label
from bench.plan.streams import Job, Stream, Subgrid
from bench.registry import Registry
from bench.spec import Floats
from bench.statistics.moments import quiet

Moments = tuple[Floats, Floats, Floats]  # [reported] exact gradient, bias, variance


def rows(settings: Settings, registry: Registry, told: Callable[[int, int], None]) -> Iterator[Mapping[str, Any]]:
    """The rows of exact.csv, curve by curve, in the order of plans on finer grids; told(done, left) of their cells."""
    for keys in finer.together(settings.along):
        yield from _rows(finer.finer(settings, keys, registry), keys, registry, told)


def _rows(
    fine: Settings, keys: Sequence[str], registry: Registry, told: Callable[[int, int], None]
) -> Iterator[Mapping[str, Any]]:
    """The rows of one curve or map."""
    plan = cells.build(fine, registry)
    moments_of = _moments(plan, told)
    for job in itertools.product(plan.cells, plan.estimators):
        if job not in moments_of:
            continue
        cell, estimator = job
        places = [finer.value_at(fine, key, cell, estimator) for key in keys]
        (x_axis, x), (y_axis, y) = (*zip(keys, places, strict=True), ("", None))[:2]
        for q, parameter in enumerate(plan.families[cell.family].reported):
            moments = zip(("exact_gradient", "bias", "exact_variance"), moments_of[job], strict=True)
            row = row_of("exact", plan, cell, parameter) | {name: float(values[q]) for name, values in moments}
            yield row | {"estimator": label(estimator), "x_axis": x_axis, "x": x, "y_axis": y_axis, "y": y}


def _moments(plan: Plan, told: Callable[[int, int], None]) -> dict[Job, Moments]:
    """Of every job that is not skipped."""
    grids = [(stream, subgrid) for stream in plan.streams for subgrid in stream.subgrids]
    left = sum(len(subgrid.cells) for _, subgrid in grids)
    moments_of: dict[Job, Moments] = {}
    for stream, subgrid in grids:
        for p in range(len(subgrid.cells)):
            moments_of |= _of_cell(plan, stream, subgrid, p)
            left -= 1
            told(1, left)
    return moments_of


@quiet
def _of_cell(plan: Plan, stream: Stream, subgrid: Subgrid, p: int) -> dict[Job, Moments]:
    """Of all estimators of a subgrid in one of its cells, for every number of samples."""
    cell, family = subgrid.cells[p], subgrid.family
    data = plan.data.get(cell.dataset_size or 0, np.empty(0))
    cases = [case_of(stream, subgrid, member, cell, data) for member in subgrid.members]
    gradient = exact_gradient(cases[0])
    gradient = np.full(subgrid.rows, np.nan) if gradient is None else gradient
    moments = [exact_moments(case) for case in cases]
    factors = reported.factors(family, cell)

    def components(values: Floats) -> Floats:
        return reported.by_parameter(values, family)

    moments_of: dict[Job, Moments] = {}
    for at, m, k, job in subgrid.jobs_at():
        if at != p or job not in subgrid.jobs:
            continue
        samples = subgrid.samples[k]
        claim = broken_claim(cases[m], samples)
        exact = none(cases[m], claim) if claim else moments[m]
        off = exact.mean_at(samples) - gradient if cases[m].biased else np.zeros_like(gradient)
        moments_of[job] = (
            norm(components(gradient) * factors),
            norm(components(off) * factors),
            (components(exact.at(samples)[0]) * factors**2).sum(axis=0),
        )
    return moments_of
