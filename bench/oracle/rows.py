"""From what a sweep found to the rows of statistics.csv and ratios.csv, in plan order."""

import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bench.oracle.measured import CONSTANT, NONFINITE, Measured
from bench.plan.cells import Plan, label
from bench.plan.streams import Job
from bench.spec import Cell
from bench.tables.ratios import RATIOS
from bench.tables.statistics import STATISTICS


def factors(sigma: float) -> Mapping[str, tuple[int, float]]:
    """Parameter -> (which of d/dmu, d/dsigma it comes from, its factor by the chain rule)."""
    return {"mu": (0, 1.0), "sigma": (1, 1.0), "sigma2": (1, 0.5 / sigma), "log_sigma": (1, sigma)}


def _keys(cell: Cell, plan: Plan, parameter: str) -> dict[str, Any]:
    """The columns that say which cell a row is about."""
    return {
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


def statistics_rows(plan: Plan, found: Mapping[Job, Measured]) -> Iterator[dict[str, Any]]:
    """The rows of statistics.csv, in plan order; a skipped job keeps its row, with the reason."""
    columns = STATISTICS.columns
    for cell, variant in itertools.product(plan.cells, plan.estimators):
        one = found.get((cell, variant))
        for parameter, (i, factor) in factors(cell.sigma).items():
            row = dict.fromkeys(columns[1:]) | _keys(cell, plan, parameter) | {"estimator": label(variant)}
            if one is None:
                yield row | {"status": f"skipped: {plan.skips[cell, variant]}"}
                continue
            square = factor * factor
            gradient, variance = float(one.gradient[i] * factor), float(one.variance[0][i] * square)
            finite = math.isfinite(gradient) and math.isfinite(variance) and (variance > 0) == (one.variance[0][i] > 0)
            yield row | {
                "replicates": one.replicates,
                "gradient": gradient,
                "gradient_se": float(np.sqrt(one.variance[0][i] / one.replicates) * factor),
                "exact_gradient": float(one.exact_gradient[i] * factor),
                "gradient_z": float(one.gradient_z[i]),
                "variance": variance,
                "variance_low": float(one.variance[1][i] * square),
                "variance_high": float(one.variance[2][i] * square),
                "exact_variance": float(one.exact_variance[i] * square),
                "variance_z": float(one.variance_z[i]),
                "kurtosis": float(one.kurtosis[i]),
                "status": one.status[i] if finite else NONFINITE,
            }


def ratio_rows(plan: Plan, found: Mapping[Job, Measured]) -> Iterator[dict[str, Any]]:
    """The rows of ratios.csv: every other estimator over the pathwise one, in plan order."""
    columns = RATIOS.columns
    pathwise = next((variant for variant in plan.estimators if variant.name == "pathwise"), None)
    for cell, variant in itertools.product(plan.cells, plan.estimators):
        if variant.name == "pathwise" or pathwise is None:
            continue
        one, base = found.get((cell, variant)), found.get((cell, pathwise))
        reason = plan.skips.get((cell, variant)) or plan.skips.get((cell, pathwise))
        for parameter, (i, _) in factors(cell.sigma).items():
            row = dict.fromkeys(columns[1:]) | _keys(cell, plan, parameter)
            row |= {"numerator": label(variant), "denominator": "pathwise"}
            if one is not None and base is not None and base.status[i] == CONSTANT:
                yield row | {"status": f"skipped: pathwise is {CONSTANT}"}
                continue
            if one is None or base is None or one.ratio is None:
                yield row | {"status": f"skipped: {reason or 'no pathwise variance in the same stream'}"}
                continue
            with np.errstate(divide="ignore", invalid="ignore"):
                exact = one.exact_variance[i] / base.exact_variance[i]
            yield row | {
                "replicates": one.replicates,
                "variance_ratio": float(one.ratio[0][i]),
                "variance_ratio_low": float(one.ratio[1][i]),
                "variance_ratio_high": float(one.ratio[2][i]),
                "exact_variance_ratio": float(exact),
                "status": base.status[i] if base.status[i] == NONFINITE else one.status[i],
            }
