"""The verdict of a merged run: its pooled scores, under the bound of all checks that its sources made.

More replicates see smaller errors, so a merged run may fail where none of its sources does.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from scipy import stats

from bench.merge.parts import Row
from bench.merge.sources import SKIPPED, Source
from bench.oracle.checks import FEW
from bench.oracle.measured import NONFINITE, UNCONVERGED
from bench.oracle.verdict import DISAGREES, FALSE_ALARM_ORACLE, Verdict
from bench.tables.contents import TABLES
from bench.tables.slices import AS_SIGMA2, NORMAL

SCORES = {"gradient_z": ("gradient", "exact_gradient"), "variance_z": ("variance", "exact_variance")}


def judged(tables: Mapping[str, Sequence[Row]], sources: Sequence[Source]) -> tuple[Verdict, dict[str, Any]]:
    """The verdict and, as the manifest has it, with the claims of the sources; failing rows have the status for it."""
    measured = [row for row in tables["statistics"] if not row["status"].startswith(SKIPPED)]
    rows = [row for row in measured if row["family"] != NORMAL or row["parameter"] not in AS_SIGMA2]  # the rest repeat
    verdicts = [source.manifest["verdict"] for source in sources]
    agreements = sum(verdict.get("agreements", 0) for verdict in verdicts)
    made = agreements + sum(verdict.get("checks", 0) for verdict in verdicts)
    bound = float(stats.norm.isf(FALSE_ALARM_ORACLE / 2 / max(1, made)))
    failures = [_failure(row, bound) for row in rows if _fails(row, bound)]
    for row in measured:
        row["status"] = DISAGREES if _fails(row, bound) else row["status"]
    of_sources = [
        f"in {source.manifest.get('name')}: {words}"
        for source, verdict in zip(sources, verdicts, strict=True)
        for words in verdict.get("failures", ())
    ]
    compared = {name: [abs(row[name]) for row in rows if not math.isnan(row[name])] for name in SCORES}
    finite = {row["estimator"]: False for row in rows} | {
        row["estimator"]: True for row in rows if row["status"] != NONFINITE
    }
    unjudged = [row for row in rows if math.isnan(row["gradient_z"]) and row["status"] != NONFINITE]
    unknown = [row for row in rows if math.isnan(row["variance_z"])]
    verdict = Verdict(
        ok=not failures and all(verdict.get("ok", True) for verdict in verdicts),
        checks=sum(map(len, compared.values())),  # of the pooled rows; what was integrated is checked in the sources
        gradients=len(compared["gradient_z"]),
        variances=len(compared["variance_z"]),
        agreements=agreements,
        unchecked=sum(row["status"] == NONFINITE for row in rows),
        nowhere_finite=tuple(name for name, somewhere in finite.items() if not somewhere),
        no_gradient=sum(row["status"] != UNCONVERGED for row in unjudged),
        vague=sum(row["status"] == UNCONVERGED for row in unjudged),
        no_variance=len(unknown),
        reasons=dict(Counter(row["oracle"].partition(": ")[2] or FEW for row in unknown).most_common()),
        bound=bound,
        level=FALSE_ALARM_ORACLE,
        worst_gradient_z=max(compared["gradient_z"], default=math.nan),
        worst_variance_z=max(compared["variance_z"], default=math.nan),
        worst_agreement_z=_worst(verdicts, "worst_agreement_z"),
        worst_bias=_worst(verdicts, "worst_bias"),
        coverage=_coverage(tables["ratios"]),
        failures=(*failures, *of_sources),
        blind=tuple(
            words for words in verdicts[0].get("blind", ()) if all(words in v.get("blind", ()) for v in verdicts)
        ),
        biased=_union(verdict.get("biased", ()) for verdict in verdicts),
    )
    return verdict, asdict(verdict) | {"claims": _union(verdict.get("claims", ()) for verdict in verdicts)}


def _fails(row: Row, bound: float) -> bool:
    """Whether a score of a row is beyond the bound."""
    return any(abs(row[name]) > bound for name in SCORES)


def _failure(row: Row, bound: float) -> str:
    """What a row fails first, in words."""
    title = TABLES["statistics"].row_title([str(row[key] or "") for key in TABLES["statistics"].keys])
    name, (value, exact) = next(item for item in SCORES.items() if abs(row[item[0]]) > bound)
    numbers = f"measured / exact = {row[value]:.6g} / {row[exact]:.6g}"
    return f"{title}: {name} = {row[name]:.3g}, allowed {bound:.3g}; {numbers}"


def _worst(verdicts: Iterable[Mapping[str, Any]], name: str) -> float:
    numbers = [value for verdict in verdicts if not math.isnan(value := verdict.get(name, math.nan))]
    return max(numbers, default=math.nan)


def _union(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for some in lists for words in some))


def _coverage(ratios: Sequence[Row]) -> float:
    """The share of the ratios' intervals that hold the exact ratio; NaN where none is known."""
    held = [
        row["variance_ratio_low"] <= row["exact_variance_ratio"] <= row["variance_ratio_high"]
        for row in ratios
        if np.isfinite([row["variance_ratio_low"], row["exact_variance_ratio"]]).all()
    ]
    return float(np.mean(held)) if held else math.nan
