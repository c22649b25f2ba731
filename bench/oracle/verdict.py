"""One answer to: is every number what the oracle says?

All checks are z scores with exact standard errors, or with measured ones where the oracle gives none, under a bound
that a right sweep breaks with a chance of 1e-6 in all. Apart from chance, the gradient integrated through the
estimator's kernels must be the exact one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from bench.engine import reported
from bench.oracle.biases import biases
from bench.oracle.blind import blind_spots
from bench.oracle.checks import FEW, Check, Results, against_oracle
from bench.oracle.consensus import against_each_other
from bench.oracle.coverage import intervals_beside
from bench.oracle.measured import NONFINITE, Measured
from bench.plan.cells import Plan, label
from bench.plan.streams import Job

FALSE_ALARM_ORACLE = 1e-6
DISAGREES = "disagrees"  # the status of a row that fails a check
COVERAGE = "coverage of the ratios' intervals"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was compared, what was not, and `failures`, which name the rows that disagree."""

    ok: bool
    checks: int  # of numbers against the oracle; none where no measured number was compared
    gradients: int  # of them: measured gradients
    variances: int  # and measured variances
    agreements: int  # gradients without an oracle, held against another estimator's
    unchecked: int  # gradients that are not finite: no number to check
    nowhere_finite: tuple[str, ...]  # estimators without one finite gradient
    no_gradient: int  # measured gradients without an exact one: no oracle
    vague: int  # measured gradients that are not compared, for a few draws carry their variance
    no_variance: int  # measured variances that are not compared
    reasons: Mapping[str, int]  # why, and how many of them
    bound: float
    level: float
    worst_gradient_z: float  # NaN where none was compared, as the other worst ones
    worst_variance_z: float
    worst_agreement_z: float
    worst_bias: float
    coverage: float  # share of the ratios' 95 % intervals that hold the exact ratio
    failures: tuple[str, ...]
    blind: tuple[str, ...]  # what the cells cannot show
    biased: tuple[str, ...]  # the largest declared bias of each estimator on each objective


def judge(plan: Plan, results: Results) -> Verdict:
    """The verdict over all results, failures in plan order."""
    everything = _checks(plan, results)
    compared = [check for check in everything if not np.isnan(check.size)]
    missing = [check for check in everything if np.isnan(check.exact) or check.reason == FEW]
    counts, unknown = Counter(check.kind for check in compared), Counter(check.kind for check in missing)
    vague = sum(check.kind == "gradient_z" and check.reason == FEW for check in missing)
    bounds = _bounds(compared)
    coverage, miss = intervals_beside(plan, results)
    failures = [check.words(bounds[check.kind]) for check in compared if check.size > bounds[check.kind]]
    if miss > (allowed := float(stats.norm.isf(FALSE_ALARM_ORACLE / 4))):
        failures.append(f"{COVERAGE}: {coverage:.1%}; their median miss is {miss:.3g} errors, allowed {allowed:.3g}")
    return Verdict(
        ok=not failures,
        checks=len(compared) - counts["agreement_z"] if counts["gradient_z"] or counts["variance_z"] else 0,
        gradients=counts["gradient_z"],
        variances=counts["variance_z"],
        agreements=counts["agreement_z"],
        unchecked=sum(status == NONFINITE for result in results.values() for status in result.status),
        nowhere_finite=tuple(_nowhere_finite(results)),
        no_gradient=unknown["gradient_z"] - vague,
        vague=vague,
        no_variance=unknown["variance_z"],
        reasons=dict(Counter(check.reason for check in missing if check.kind == "variance_z").most_common()),
        bound=bounds["gradient_z"],
        level=FALSE_ALARM_ORACLE,
        worst_gradient_z=_worst(compared, "gradient_z"),
        worst_variance_z=_worst(compared, "variance_z"),
        worst_agreement_z=_worst(compared, "agreement_z"),
        worst_bias=_worst(compared, "bias"),
        coverage=coverage,
        failures=tuple(failures),
        blind=blind_spots(plan, results),
        biased=biases(plan, results),
    )


def marked(plan: Plan, results: Results) -> dict[Job, Measured]:
    """The results, where rows that fail a check, and those of what is derived from them, have the status for it."""
    compared = [check for check in _checks(plan, results) if not np.isnan(check.size)]
    bounds = _bounds(compared)
    failing = {(job, check.parameter) for check in compared if check.size > bounds[check.kind] for job in check.jobs}
    marked_results = dict(results)
    for job in {job for job, _ in failing}:
        bases = [results[job].measured[row] for row in reported.bases(plan.families[job[0].family])]
        status = [
            DISAGREES if (job, base) in failing else old for base, old in zip(bases, results[job].status, strict=True)
        ]
        marked_results[job] = replace(results[job], status=tuple(status))
    return marked_results


def _nowhere_finite(results: Mapping[Job, Measured]) -> Iterator[str]:
    """The estimators that were measured and gave no finite number anywhere."""
    finite: dict[str, bool] = {}
    for (_, variant), result in results.items():
        statuses = [status for status, lacking in zip(result.status, result.lacking, strict=True) if not lacking]
        name = label(variant)
        finite[name] = finite.get(name, False) or not statuses or any(status != NONFINITE for status in statuses)
    yield from (name for name, somewhere in finite.items() if not somewhere)


def _checks(plan: Plan, results: Results) -> list[Check]:
    """All checks, in plan order; those without an exact number too."""
    checks = [check for job, result in results.items() for check in against_oracle(plan, job, result)]
    return [*checks, *against_each_other(plan, results)]


def _bounds(compared: Sequence[Check]) -> dict[str, float]:
    """What each kind may be: Bonferroni over the z scores, and for a bias its tolerance."""
    scores = sum(check.kind != "bias" for check in compared)
    bound = float(stats.norm.isf(FALSE_ALARM_ORACLE / 2 / max(1, scores)))
    return {"gradient_z": bound, "variance_z": bound, "agreement_z": bound, "bias": 1.0}


def _worst(compared: Sequence[Check], kind: str) -> float:
    return max((check.size for check in compared if check.kind == kind), default=float("nan"))
