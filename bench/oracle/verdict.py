"""One answer to: is every number what the oracle says?

The family of checks is every gradient and every variance, of every component, by the family's own parameters (what is
derived from them would count twice): z scores with exact standard errors, under a bound that a right sweep breaks with
a chance of 1e-6 in all.
Apart from chance, the gradient integrated through the estimator's kernels must be the exact one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import stats

from bench.oracle.measured import NONFINITE, Measured
from bench.oracle.ratios import ratios
from bench.plan.cells import Plan, label, theta_text
from bench.plan.streams import Job
from bench.statistics.moments import quiet

FALSE_ALARM_ORACLE = 1e-6


@dataclass(frozen=True, slots=True)
class Verdict:
    """`failures` names the rows that disagree; it is empty where all is well."""

    ok: bool
    checks: int
    unchecked: int  # gradients that are not finite: no number to check
    no_gradient: int  # measured gradients without an exact one: no oracle
    no_variance: int  # measured variances without an exact one
    no_error: int  # variances beside an exact one whose standard error is not known, for the kurtosis is not
    bound: float
    level: float
    worst_gradient_z: float
    worst_variance_z: float
    worst_bias: float
    coverage: float  # share of the ratios' 95 % intervals that hold the exact ratio
    failures: tuple[str, ...]


class Check(NamedTuple):
    """One number against the oracle."""

    kind: str  # gradient_z, variance_z or bias; exact_variance is looked at for whether it is known
    size: float
    row: str


def judge(plan: Plan, results: Mapping[Job, Measured]) -> Verdict:
    """The verdict over all results, failures in plan order."""
    everything = [check for job, result in results.items() for check in _checks(plan, job, result)]
    checks = [check for check in everything if not np.isnan(check.size)]
    unknown = Counter(check.kind for check in everything if np.isnan(check.size))
    checks = [check for check in checks if check.kind != "exact_variance"]
    scores = sum(check.kind != "bias" for check in checks)
    bound = float(stats.norm.isf(FALSE_ALARM_ORACLE / 2 / max(1, scores)))
    bounds = {"gradient_z": bound, "variance_z": bound, "bias": 1.0}
    worst = {kind: max((check.size for check in checks if check.kind == kind), default=0.0) for kind in bounds}
    failures = tuple(
        f"{check.row}: {check.kind} = {check.size:.3g}, allowed {bounds[check.kind]:.3g}"
        for check in checks
        if check.size > bounds[check.kind]
    )
    return Verdict(
        ok=not failures,
        checks=len(checks),
        unchecked=sum(status == NONFINITE for result in results.values() for status in result.status),
        no_gradient=unknown["gradient_z"],
        no_variance=unknown["exact_variance"],
        no_error=unknown["variance_z"] - unknown["exact_variance"],
        bound=bound,
        level=FALSE_ALARM_ORACLE,
        worst_gradient_z=worst["gradient_z"],
        worst_variance_z=worst["variance_z"],
        worst_bias=worst["bias"],
        coverage=_coverage(plan, results),
        failures=failures,
    )


def _checks(plan: Plan, job: Job, result: Measured) -> Iterator[Check]:
    """Every number of a job that the oracle knows, by the family's own parameters; NaN where it does not."""
    cell, variant = job
    facets = (cell.objective.name, cell.objective.label, cell.latent, cell.family, cell.sampler, cell.entropy or "")
    size = "" if cell.dataset_size is None else f" dataset_size={cell.dataset_size}"
    point = f"{theta_text(cell, plan.families[cell.family])}{size} samples={cell.samples}"
    where = f"{' '.join(filter(None, facets))} {point}"
    for q, parameter in ((q, result.parameters[q]) for q in result.measured):
        if result.status[q] == NONFINITE or result.lacking[q]:
            continue
        for kind in ("gradient_z", "variance_z", "bias", "exact_variance"):
            sizes = abs(getattr(result.components, kind)[:, q])
            for j, size_of_error in enumerate(sizes):
                component = f"[{j}]" if len(sizes) > 1 else ""
                yield Check(kind, float(size_of_error), f"{label(variant)} d/d{parameter}{component}, {where}")


@quiet
def _coverage(plan: Plan, results: Mapping[Job, Measured]) -> float:
    """The share of the ratios' 95 % intervals that hold the exact ratio; NaN where none is known."""
    covered: list[bool] = []
    for job, result in results.items():
        for other in plan.denominators(job):
            if other in results and (measured := ratios(plan, results, job, other)):
                (_, low, high), _ = measured
                exact = result.exact_variance / results[other].exact_variance
                covered += list(((low <= exact) & (exact <= high))[np.isfinite(exact) & np.isfinite(low)])
    return float(np.mean(covered)) if covered else float("nan")


def conclusion(verdict: Verdict, most: int = 10) -> str:
    """The verdict in words, the failing rows with it."""
    if not verdict.checks:
        if verdict.no_gradient:
            return f"VERDICT none: no oracle for any of {verdict.no_gradient} gradients; nothing was checked"
        return "VERDICT none: no row holds a finite number that could be checked"
    if verdict.ok:
        holes = f"; {verdict.unchecked} gradients are not finite, not checked" if verdict.unchecked else ""
        missing = {"gradients": verdict.no_gradient, "variances": verdict.no_variance}
        words = " and ".join(f"{count} {name}" for name, count in missing.items() if count)
        holes += f"; no oracle for {words}" if words else ""
        holes += f"; {verdict.no_error} variances not checked, for no kurtosis is known" if verdict.no_error else ""
        return (
            f"VERDICT ok: {verdict.checks} checks against the oracle; worst |z| "
            f"{max(verdict.worst_gradient_z, verdict.worst_variance_z):.2f}, allowed {verdict.bound:.2f}{holes}"
        )
    lines = [f"VERDICT FAILED: the oracle disagrees with {len(verdict.failures)} of {verdict.checks} checks"]
    lines += [f"  {failure}" for failure in verdict.failures[:most]]
    hidden = len(verdict.failures) - most
    return "\n".join(lines + ([f"  ... and {hidden} more, all in manifest.json"] if hidden > 0 else []))
