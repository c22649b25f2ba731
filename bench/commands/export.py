"""A run in the JSON that dashboards read: variance ratios, these times work, and ns per estimate, with 95 % intervals.

With them the ranking of the estimators on each objective, as the report has it: the share of comparisons in which one
is worse than the best at equal work. Of a fit: the time and the evaluations of f to each gap that half of the
replicates come to, and the gap at its end.

`bmf` is Bencher's metric format (bencher.dev/docs/reference/bencher-metric-format), where `latency` is in ns by
definition; `smaller_is_better` is what github-action-benchmark reads as customSmallerIsBetter. Variance ratios are in
it to show when they move, though a smaller one is not better.
"""

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.compare.sources import Result, read, row_title, to_float
from bench.config.checks import text
from bench.errors import NothingMeasured, unknown
from bench.registry import Registry
from bench.report.ranking import by_objective
from bench.report.sections.phrases import Tables
from bench.tables import csv
from bench.tables.run import disagreement, finished_run, require_agreement

ENDS, OF_MEDIAN = ("", "_low", "_high"), ("", "_median_low", "_median_high")
MEASURES = (
    ("ratios", "variance_ratio", "variance_ratio", "ratio", ENDS),
    ("efficiency", "efficiency_ratio", "efficiency_ratio", "ratio", ENDS),
    ("timings", "estimate_ns", "latency", "ns", ENDS),
    ("times", "seconds", "time_to_gap", "s", ENDS),
    ("times", "evaluations", "evaluations_to_gap", "evaluations", ENDS),
    ("curves", "gap", "final_gap", "F", OF_MEDIAN),
    ("encoder", "variance_ratio", "variance_ratio", "ratio", ENDS),
)  # table, column, measure, unit, and the ends of the column's interval


@dataclass(frozen=True, slots=True)
class Metric:
    """One number of a row of a table; one that was counted has no interval."""

    row: str
    measure: str
    unit: str
    value: float
    interval: tuple[float, float] | None


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Print the metrics of output/name."""
    if (form := text("format", config.get("format"))) not in FORMATS:
        raise unknown("format", form, FORMATS)
    folder = finished_run(config.get("output"), config.get("name"))
    result = read("name", folder)
    require_agreement(result.name, result.manifest, config.get("force"))
    measured = list(metrics(result))
    if not measured:
        lacks = "gap and no time to one" if result.kind == "fit" else "variance ratio and no time"
        raise NothingMeasured(f"{str(folder)!r} holds no {lacks} with an interval")
    measured += [] if result.kind == "fit" else ranks(csv.read(folder))
    if words := disagreement(result.name, result.manifest):
        print(f"warning: {words}", file=sys.stderr)
    print(json.dumps(FORMATS[form](measured), indent=2, allow_nan=False))
    return 0


def metrics(run: Result) -> Iterator[Metric]:
    """What a run measured; numbers that are not finite are left out."""
    last = max((int(row["step"]) for row in run.tables.get("curves", {}).values()), default=0)
    for table, column, measure, unit, ends in MEASURES:
        for key, row in run.tables.get(table, {}).items():
            if table == "curves" and int(row["step"]) < last:
                continue
            values = [to_float(row[f"{column}{end}"]) for end in ends]
            if all(map(math.isfinite, values)):
                value, low, high = values
                yield Metric(row_title(table, key), measure, unit, value, (low, high))


def ranks(tables: Tables) -> Iterator[Metric]:
    """Of a sweep, how often each estimator is worse than the best, by the ranking of `bench.report.ranking`."""
    for objective, standings in by_objective(tables):
        for standing in standings:
            for work, cells in standing.cells.items():
                share = 1 - standing.best[work] / cells
                title = f"{objective} {standing.estimator}"
                yield Metric(title, f"worse_than_best_at_equal_{work}", "share", share, None)


def bmf(measured: Iterable[Metric]) -> dict[str, dict[str, dict[str, float]]]:
    """Row -> measure -> value with its interval."""
    rows: dict[str, dict[str, dict[str, float]]] = {}
    for metric in measured:
        ends = dict(zip(("lower_value", "upper_value"), metric.interval or (), strict=False))
        rows.setdefault(metric.row, {})[metric.measure] = {"value": metric.value, **ends}
    return rows


def smaller_is_better(measured: Iterable[Metric]) -> list[dict[str, Any]]:
    """A list of named values, each with its interval as text, where it has one."""
    return [
        {"name": f"{metric.measure}: {metric.row}", "unit": metric.unit, "value": metric.value}
        | ({"range": "[{:.4g}, {:.4g}]".format(*metric.interval)} if metric.interval else {})
        for metric in measured
    ]


FORMATS: Mapping[str, Callable[[Iterable[Metric]], Any]] = {"bmf": bmf, "smaller_is_better": smaller_is_better}
