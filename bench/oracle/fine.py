"""Exact moments between the values of a sweep's axes: the rows of exact.csv, along one axis or over two."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
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
from bench.spec import Cell, Floats, Theta
from bench.statistics.moments import quiet

Moments = tuple[Floats, Floats, Floats]  # [reported] exact gradient, bias, variance


def rows(
    settings: Settings, thetas: Sequence[Theta], registry: Registry, told: Callable[[int, int], None]
) -> Iterator[Mapping[str, Any]]:
    """The rows of exact.csv, curve by curve, in the order of plans on finer grids; told(done, left) of their cells.

    `thetas` as for `cells.build`.
    """
    for keys in finer.together(settings.along):
        fine = finer.finer(settings, keys, registry)
        yield from of_plan(fine, cells.build(fine, registry, thetas), keys, told)


def of_plan(
    fine: Settings, plan: Plan, keys: Sequence[str], told: Callable[[int, int], None]
) -> Iterator[Mapping[str, Any]]:
    """The rows of one curve or map, whose settings and plan have its points."""
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
        for cell in subgrid.cells:
            moments_of |= _of_cell(plan, stream, subgrid, cell)
            left -= 1
            told(1, left)
    return moments_of


@quiet
def _of_cell(plan: Plan, stream: Stream, subgrid: Subgrid, cell: Cell) -> dict[Job, Moments]:
    """Of all estimators of a subgrid in one of its cells, for every number of samples."""
    family, data = subgrid.family, plan.data.get(cell.dataset_size or 0, np.empty(0))
    cases = [case_of(stream, subgrid, member, cell, data) for member in subgrid.members]
    gradient = exact_gradient(cases[0])
    gradient = np.full(subgrid.rows, np.nan) if gradient is None else gradient
    factors = reported.factors(family, cell)

    def components(values: Floats) -> Floats:
        return reported.by_parameter(values, family)

    moments_of: dict[Job, Moments] = {}
    for case in cases:
        moments = exact_moments(case)
        for samples in subgrid.samples:
            if (job := (replace(cell, samples=samples), case.variant)) not in subgrid.jobs:
                continue
            claim = broken_claim(case, samples)
            exact = none(case, claim) if claim else moments
            off = exact.mean_at(samples) - gradient if case.biased else np.zeros_like(gradient)
            moments_of[job] = (
                norm(components(gradient) * factors),
                norm(components(off) * factors),
                (components(exact.at(samples)[0]) * factors**2).sum(axis=0),
            )
    return moments_of
