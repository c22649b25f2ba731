"""From what a sweep measured to the rows of statistics.csv, ratios.csv and components.csv, in plan order.

Ratios have skips besides those of the plan: where the reference is missing, is constant, or is in another stream.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bench.oracle.measured import CONSTANT, NONFINITE, Measured
from bench.oracle.ratios import Ratios, ratios
from bench.oracle.verdict import DISAGREES
from bench.plan.cells import Plan, denominator, label, theta_text
from bench.plan.streams import Job
from bench.spec import Cell
from bench.statistics.moments import quiet
from bench.tables.contents import TABLES

Row = dict[str, Any]


def statistics_rows(plan: Plan, results: Mapping[Job, Measured]) -> Iterator[Row]:
    """The rows of statistics.csv, in plan order; a skipped job keeps its rows, with the reason."""
    for job in itertools.product(plan.cells, plan.estimators):
        cell, variant = job
        for q, parameter in enumerate(plan.families[cell.family].reported):
            row = row_of("statistics", plan, cell, parameter) | {"estimator": label(variant)}
            lacking = plan.skips.get(job) or results[job].lacking[q]
            yield row | ({"status": f"skipped: {lacking}"} if lacking else _statistics(results[job], q))


def ratio_rows(plan: Plan, results: Mapping[Job, Measured]) -> Iterator[Row]:
    """The rows of ratios.csv: every job over what it is held against, in plan order."""
    for job in itertools.product(plan.cells, plan.estimators):
        for other in plan.denominators(job):
            yield from _ratio_rows(plan, results, job, other)


def _ratio_rows(plan: Plan, results: Mapping[Job, Measured], job: Job, other: Job) -> Iterator[Row]:
    """The rows of one job over another, by parameter."""
    (cell, variant), below = job, denominator(job[0], other)
    above, under = results.get(job), results.get(other)
    if not cell.entropy and other[0].entropy:
        missing = f"{cell.objective.name} is no target, so it has no entropy={other[0].entropy}"
    else:
        missing = plan.skips.get(job) or plan.skips.get(other) or ""
    for q, parameter in enumerate(plan.families[cell.family].reported):
        row = row_of("ratios", plan, cell, parameter) | {"numerator": label(variant), "denominator": below}
        lacking = next((result.lacking[q] for result in (above, under) if result and result.lacking[q]), None)
        if lacking or above is None or under is None:
            yield row | {"status": f"skipped: {missing or lacking}"}
        elif under.status[q] == CONSTANT:
            yield row | {"status": f"skipped: {below} is {CONSTANT}"}
        elif (measured := ratios(plan, results, job, other)) is None:
            yield row | {"status": f"skipped: no {below} variance in the same stream"}
        else:
            independent = cell.sampler != other[0].sampler
            yield row | _ratio(above, under, measured, q) | {"status": _status(above, under, independent, q)}


def component_rows(plan: Plan, results: Mapping[Job, Measured]) -> Iterator[Row]:
    """The rows of components.csv: every component of every measured row of untied components."""
    for job in itertools.product(plan.cells, plan.estimators):
        cell, variant = job
        if cell.components == "untied" and job in results:
            result = results[job]
            for q, parameter in enumerate(result.parameters):
                for j in range(cell.dimension if not result.lacking[q] else 0):
                    row = row_of("components", plan, cell, parameter) | {"estimator": label(variant), "component": j}
                    yield row | _component(result, q, j)


def row_of(table: str, plan: Plan, cell: Cell, parameter: str) -> Row:
    """An empty row of a table, but for the columns that say which cell it is about."""
    mu, sigma = cell.theta if _is_plain_normal(cell) else (None, None)
    return dict.fromkeys(TABLES[table].columns[1:]) | {
        "objective": cell.objective.name,
        "variant": cell.objective.label,
        "latent": cell.latent,
        "family": cell.family,
        "theta": "" if _is_plain_normal(cell) else theta_text(cell, plan.families[cell.family]),
        "components": cell.components,
        "entropy": cell.entropy or "",
        "data": plan.data_name if cell.dataset_size else "",
        "sampler": cell.sampler,
        "parameter": parameter,
        "mu": mu,
        "sigma": sigma,
        "dataset_size": cell.dataset_size,
        "samples": cell.samples,
        "dimension": cell.dimension,
    }


def _is_plain_normal(cell: Cell) -> bool:
    """Whether the columns mu and sigma say all of theta."""
    return cell.family == "normal" and not any(isinstance(value, tuple) for value in cell.theta)


def _statistics(result: Measured, q: int) -> Row:
    """The measured columns of a parameter."""
    value, low, high = (float(end[q]) for end in result.variance)
    gradient, status = float(result.gradient[q]), result.status[q]
    base = result.components.variance[:, q]
    underflow = value == 0 and status not in (CONSTANT, NONFINITE)
    return {
        "replicates": result.replicates,
        "evaluations": result.evaluations,
        "pilot_evaluations": result.pilot_evaluations,
        "gradient": gradient,
        "gradient_se": float(result.gradient_se[q]),
        "exact_gradient": float(result.exact_gradient[q]),
        "gradient_z": float(result.gradient_z[q]),
        "bias": float(result.bias[q]),
        "variance": value,
        "variance_low": low,
        "variance_high": high,
        "exact_variance": float(result.exact_variance[q]),
        "exact_batch_variance": float(result.exact_batch_variance[q]),
        "variance_z": float(result.variance_z[q]),
        "kurtosis": float(result.kurtosis[q]),
        "mse": float(result.mse[0][q]),
        "oracle": _oracle(result, q),
        "status": status if np.isfinite([gradient, value, *base]).all() and not underflow else NONFINITE,
    }


def _oracle(result: Measured, q: int) -> str:
    """What the oracle gave of a row: `exact`, `gradient only` or `none`, and why no more."""
    if np.isfinite(result.exact_variance[q]):
        return "exact" if np.isfinite(result.exact_gradient[q]) else "variance only"
    return f"{'gradient only' if np.isfinite(result.exact_gradient[q]) else 'none'}: {result.reason}"


@quiet
def _ratio(above: Measured, below: Measured, measured: Ratios, q: int) -> Row:
    """The measured columns of a ratio."""
    ends, (variance, mse) = ("", "_low", "_high"), measured
    return {
        "replicates": above.replicates,
        **{f"variance_ratio{end}": float(value[q]) for end, value in zip(ends, variance, strict=True)},
        "exact_variance_ratio": float(above.exact_variance[q] / below.exact_variance[q]),
        **{f"mse_ratio{end}": float(value[q]) for end, value in zip(ends, mse, strict=True)},
    }


def _status(above: Measured, below: Measured, independent: bool, q: int) -> str:
    """The status of a ratio: the numerator's, unless the denominator overflowed or, independent, is the worse one."""
    is_worse = below.status[q] in (NONFINITE, DISAGREES) or (independent and above.status[q] == "ok")
    return below.status[q] if is_worse else above.status[q]


def _component(result: Measured, q: int, j: int) -> Row:
    """The measured columns of one component."""
    columns = ("exact_gradient", "gradient", "gradient_z", "variance", "exact_variance", "variance_z")
    row = {column: float(getattr(result.components, column)[j, q]) for column in columns}
    return row | {"gradient_se": float(np.sqrt(row["variance"] / result.replicates))}
