"""One answer to: is every number what the oracle says?

The family of checks is every gradient and every variance, for mu and sigma (what is derived from sigma would count
twice): z scores with exact standard errors, under a bound that a right sweep breaks with a chance of 1e-6 in all.
Apart from chance, the gradient integrated through the estimator's kernels must be the exact one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import stats

from bench.oracle.measured import NONFINITE, Measured
from bench.plan.cells import Plan, label
from bench.plan.streams import Job

FALSE_ALARM = 1e-6


@dataclass(frozen=True, slots=True)
class Verdict:
    """`failures` names the rows that disagree; it is empty where all is well."""

    ok: bool
    checks: int
    unchecked: int  # gradients that are not finite: no number to check
    bound: float
    level: float
    worst_gradient_z: float
    worst_variance_z: float
    worst_bias: float
    coverage: float  # share of the ratios' 95 % intervals that hold the exact ratio
    failures: tuple[str, ...]


class Check(NamedTuple):
    """One number against the oracle."""

    kind: str  # gradient_z, variance_z or bias
    size: float
    row: str


def judge(plan: Plan, found: Mapping[Job, Measured]) -> Verdict:
    """The verdict over all that was found, failures in plan order."""
    checks = [check for job in found for check in _checks(job, found[job]) if not np.isnan(check.size)]
    scores = [check for check in checks if check.kind != "bias"]
    bound = float(stats.norm.isf(FALSE_ALARM / 2 / max(1, len(scores))))
    worst = {
        kind: max((c.size for c in checks if c.kind == kind), default=0.0)
        for kind in ("gradient_z", "variance_z", "bias")
    }
    failures = tuple(
        f"{c.row}: {c.kind} = {c.size:.3g}, allowed {bound if c.kind != 'bias' else 1.0:.3g}"
        for c in checks
        if c.size > (bound if c.kind != "bias" else 1.0)
    )
    return Verdict(
        ok=not failures,
        checks=len(checks),
        unchecked=sum(status == NONFINITE for one in found.values() for status in one.status),
        bound=bound,
        level=FALSE_ALARM,
        worst_gradient_z=worst["gradient_z"],
        worst_variance_z=worst["variance_z"],
        worst_bias=worst["bias"],
        coverage=_coverage(plan, found),
        failures=failures,
    )


def _checks(job: Job, one: Measured) -> Iterator[Check]:
    cell, variant = job
    where = " ".join(part for part in (cell.objective.name, cell.objective.label, cell.latent, cell.sampler) if part)
    size = "" if cell.dataset_size is None else f" dataset_size={cell.dataset_size}"
    for i, parameter in enumerate(("mu", "sigma")):
        row = (
            f"{label(variant)} d/d{parameter}, {where} mu={cell.mu:g} sigma={cell.sigma:g}{size} samples={cell.samples}"
        )
        if one.status[i] != NONFINITE:
            for kind in ("gradient_z", "variance_z", "bias"):
                yield Check(kind, abs(float(getattr(one, kind)[i])), row)


def _coverage(plan: Plan, found: Mapping[Job, Measured]) -> float:
    inside = []
    for (cell, _), one in found.items():
        base = next((found[cell, v] for v in plan.estimators if v.name == "pathwise" and (cell, v) in found), None)
        if one.ratio is not None and base is not None:
            with np.errstate(divide="ignore", invalid="ignore"):
                exact = one.exact_variance / base.exact_variance
            known = np.isfinite(exact) & np.isfinite(one.ratio[1])
            inside += list(((one.ratio[1] <= exact) & (exact <= one.ratio[2]))[known])
    return float(np.mean(inside)) if inside else float("nan")


def conclusion(verdict: Verdict, most: int = 10) -> str:
    """The verdict in words, the failing rows with it."""
    if not verdict.checks:
        return "VERDICT none: no row holds a finite number that could be checked"
    if verdict.ok:
        holes = f"; {verdict.unchecked} gradients are not finite, not checked" if verdict.unchecked else ""
        return (
            f"VERDICT ok: {verdict.checks} checks against the oracle; worst |z| "
            f"{max(verdict.worst_gradient_z, verdict.worst_variance_z):.2f}, allowed {verdict.bound:.2f}{holes}"
        )
    lines = [f"VERDICT FAILED: the oracle disagrees with {len(verdict.failures)} of {verdict.checks} checks"]
    lines += [f"  {failure}" for failure in verdict.failures[:most]]
    hidden = len(verdict.failures) - most
    return "\n".join(lines + ([f"  ... and {hidden} more, all in manifest.json"] if hidden > 0 else []))
