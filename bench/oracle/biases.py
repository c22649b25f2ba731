"""Biases that are declared, in words: of each estimator on each objective the largest, beside its gradient.

An estimator declares it of itself; or f does, of a derivative that misses its jump or kink and that a rule reads.
"""

from collections.abc import Mapping

import numpy as np

from bench.oracle.checks import checked, row_of
from bench.oracle.measured import Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job

NONE = 1e-9  # relative to the gradient and the spread of a draw: what integrals leave of no bias


def biases(plan: Plan, results: Mapping[Job, Measured]) -> tuple[str, ...]:
    """A line for each estimator and objective with a bias that is not 0, in plan order."""
    largest: dict[tuple[object, ...], tuple[float, str]] = {}
    for job, result in results.items():
        cell, variant = job
        for q in checked(result) if result.biased else ():
            bias, gradient = float(result.bias[q]), float(result.exact_gradient[q])
            if not abs(bias) > NONE * (abs(gradient) + np.sqrt(result.variance[0][q])):
                continue
            words = f"{row_of(plan, job, result.parameters[q], None)}: bias {bias:.6g}, gradient {gradient:.6g}"
            key = variant, cell.objective, cell.family
            largest[key] = max(largest.get(key, (0.0, "")), (abs(bias), words))
    return tuple(words for _, words in largest.values())
