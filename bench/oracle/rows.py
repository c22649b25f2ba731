"""From what a sweep measured to the rows of statistics.csv and ratios.csv, in plan order.

Ratios have skips besides those of the plan: where the reference is missing, is constant, or is in another stream.
"""

import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bench.oracle.measured import CONSTANT, NONFINITE, Measured
from bench.plan.cells import Plan, label
from bench.plan.streams import Job
from bench.spec import Cell
from bench.statistics.moments import quiet
from bench.tables.contents import TABLES

Row = dict[str, Any]


def factors(sigma: float) -> Mapping[str, tuple[int, float]]:
    """Parameter -> (which of d/dmu, d/dsigma it comes from, its factor by the chain rule)."""
    return {"mu": (0, 1.0), "sigma": (1, 1.0), "sigma2": (1, 0.5 / sigma), "log_sigma": (1, sigma)}


def statistics_rows(plan: Plan, results: Mapping[Job, Measured]) -> Iterator[Row]:
    """The rows of statistics.csv, in plan order; a skipped job keeps its row, with the reason."""
    for job in itertools.product(plan.cells, plan.estimators):
        cell, variant = job
        for parameter, (i, factor) in factors(cell.sigma).items():
            row = _row("statistics", plan, cell, parameter) | {"estimator": label(variant)}
            if job in results:
                yield row | _statistics(results[job], i, factor)
            else:
                yield row | {"status": f"skipped: {plan.skips[job]}"}


def ratio_rows(plan: Plan, results: Mapping[Job, Measured]) -> Iterator[Row]:
    """The rows of ratios.csv: every other estimator over the reference, in plan order."""
    reference = plan.reference
    for cell, variant in itertools.product(plan.cells, plan.estimators):
        if reference is None or variant.name == reference.name:
            continue
        above, below = results.get((cell, variant)), results.get((cell, reference))
        missing = plan.skips.get((cell, variant)) or plan.skips.get((cell, reference))
        for parameter, (i, _) in factors(cell.sigma).items():
            row = _row("ratios", plan, cell, parameter)
            row |= {"numerator": label(variant), "denominator": label(reference)}
            if above is not None and below is not None and below.status[i] == CONSTANT:
                yield row | {"status": f"skipped: {reference.name} is {CONSTANT}"}
            elif above is None or below is None or above.ratio is None:
                yield row | {"status": f"skipped: {missing or f'no {reference.name} variance in the same stream'}"}
            else:
                yield row | _ratio(above, below, i)


def _row(table: str, plan: Plan, cell: Cell, parameter: str) -> Row:
    """An empty row of a table, but for the columns that say which cell it is about."""
    return dict.fromkeys(TABLES[table].columns[1:]) | {
        "objective": cell.objective.name,
        "variant": cell.objective.label,
        "latent": cell.latent,
        "data": plan.data_name if cell.dataset_size else "",
        "sampler": cell.sampler,
        "parameter": parameter,
        "mu": cell.mu,
        "sigma": cell.sigma,
        "dataset_size": cell.dataset_size,
        "samples": cell.samples,
        "dimension": cell.dimension,
    }


def _statistics(result: Measured, i: int, factor: float) -> Row:
    """The measured columns of a parameter that is d/dmu (i = 0) or d/dsigma (i = 1), times a factor."""
    square = factor * factor
    value, low, high = (float(end[i] * square) for end in result.variance)
    gradient = float(result.gradient[i] * factor)
    underflow = value == 0 and result.variance[0][i] > 0
    return {
        "replicates": result.replicates,
        "gradient": gradient,
        "gradient_se": float(np.sqrt(result.variance[0][i] / result.replicates) * factor),
        "exact_gradient": float(result.exact_gradient[i] * factor),
        "gradient_z": float(result.gradient_z[i]),
        "variance": value,
        "variance_low": low,
        "variance_high": high,
        "exact_variance": float(result.exact_variance[i] * square),
        "variance_z": float(result.variance_z[i]),
        "kurtosis": float(result.kurtosis[i]),
        "status": result.status[i] if math.isfinite(gradient) and math.isfinite(value) and not underflow else NONFINITE,
    }


@quiet
def _ratio(above: Measured, below: Measured, i: int) -> Row:
    """The measured columns of a variance ratio, for d/dmu (i = 0) or d/dsigma (i = 1)."""
    assert above.ratio is not None
    value, low, high = (float(end[i]) for end in above.ratio)
    return {
        "replicates": above.replicates,
        "variance_ratio": value,
        "variance_ratio_low": low,
        "variance_ratio_high": high,
        "exact_variance_ratio": float(above.exact_variance[i] / below.exact_variance[i]),
        "status": below.status[i] if below.status[i] == NONFINITE else above.status[i],
    }
