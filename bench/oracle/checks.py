"""The checks of a sweep: every gradient and variance, of every component, by the family's parameters and combinations.

What is derived from one of these would count twice. Each measured number is held against the exact one where there is
one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bench.oracle.measured import NONFINITE, Measured
from bench.plan.cells import Plan, label, theta_text
from bench.plan.streams import Job

FEW = "a few draws carry it, so what was measured says nothing"

Results = Mapping[Job, Measured]


@dataclass(frozen=True, slots=True)
class Check:
    """One number against another; `size` is NaN where one of them is missing, or says nothing."""

    kind: str  # gradient_z, variance_z, bias or agreement_z
    size: float
    jobs: tuple[Job, ...]  # whose number it is; both, where two are held against each other
    parameter: int
    row: str
    measured: float
    exact: float  # or the other estimator's
    reason: str = ""  # why it is not compared, if it is not

    def words(self, allowed: float) -> str:
        """The check in words, with both numbers and their quotient."""
        names = "one / other" if self.kind == "agreement_z" else "measured / exact"
        quotient = f" = {self.measured / self.exact:.6g}" if self.exact else ""
        numbers = f"{names} = {self.measured:.6g} / {self.exact:.6g}{quotient}"
        return f"{self.row}: {self.kind} = {self.size:.3g}, allowed {allowed:.3g}; {numbers}"


def against_oracle(plan: Plan, job: Job, result: Measured) -> Iterator[Check]:
    """Every number of a job beside the exact one."""
    numbers = result.components
    mean = numbers.integrated if result.biased else numbers.exact_gradient
    pairs = {
        "gradient_z": (numbers.gradient_z, numbers.gradient, mean),
        "variance_z": (numbers.variance_z, numbers.variance, numbers.exact_variance),
        "bias": (numbers.bias, numbers.integrated, numbers.exact_gradient),
    }
    for q in checked(result):
        for kind, (scores, measured, exact) in pairs.items():
            for j, score in enumerate(abs(scores[:, q])):
                row = row_of(plan, job, result.parameters[q], j if len(scores) > 1 else None)
                both = float(measured[j, q]), float(exact[j, q])
                few = kind != "bias" and np.isnan(score) and np.isfinite(both).all()
                yield Check(kind, float(score), (job,), q, row, *both, FEW if few else result.reason)


def checked(result: Measured) -> list[int]:
    """The parameters that are not derived from others by which an estimator has a finite gradient."""
    return [q for q in result.measured if result.status[q] != NONFINITE and not result.lacking[q]]


def row_of(plan: Plan, job: Job, parameter: str, component: int | None) -> str:
    """The row of a table that a check is about, in words."""
    cell, variant = job
    facets = (cell.objective.name, cell.objective.label, cell.latent, cell.family, cell.sampler, cell.entropy or "")
    size = "" if cell.dataset_size is None else f" dataset_size={cell.dataset_size}"
    point = f"{theta_text(cell, plan.families[cell.family])}{size} samples={cell.samples}"
    which = "" if component is None else f"[{component}]"
    return f"{label(variant)} d/d{parameter}{which}, {' '.join(filter(None, facets))} {point}"
