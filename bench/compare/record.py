"""A verdict as JSON, for programs."""

import json
import math
from collections.abc import Iterable
from typing import Any

from bench.compare import numbers, timings
from bench.compare.sources import Result
from bench.compare.verdict import Verdict, notes, summary
from bench.tables.contents import TABLES


def to_json(verdict: Verdict) -> str:
    """Every row of the verdict; a number that is not known is null."""
    key_columns = TABLES["timings"].keys if verdict.bases[0].is_run else ("fullname",)
    record = {
        "verdict": verdict.word,
        "exit_code": verdict.code,
        "summary": summary(verdict),
        "notes": list(notes(verdict)),
        "threshold": verdict.threshold,
        "level": {"statistics": numbers.FALSE_ALARM_STATISTICS, "times": timings.FALSE_ALARM_TIMES},
        "base": [_result(result) for result in verdict.bases],
        "head": [_result(result) for result in verdict.heads],
        "statistics": [_statistic(row) for row in verdict.statistics],
        "times": [_time(row, key_columns) for row in verdict.times],
        "without_time": [
            {"side": side, "result": result.name, **dict(zip(key_columns, key, strict=True)), "why": fault}
            for side, result, key, fault in verdict.faults
        ],
        "alone": {f"{name} in {side}": [list(key) for key in keys] for (name, side), keys in verdict.alone.items()},
    }
    return json.dumps(record, indent=2, allow_nan=False) + "\n"


def _result(result: Result) -> dict[str, Any]:
    model, cores = result.cpu
    return {"name": result.name, "kind": result.kind, "commit": result.commit, "cpu": {"model": model, "cores": cores}}


def _statistic(row: numbers.Row) -> dict[str, Any]:
    return {
        "table": row.table,
        **dict(zip(TABLES[row.table].keys, row.key, strict=True)),
        "base": _finite(row.base),
        "head": _finite(row.head),
        "same_bytes": row.same_bytes,
        "to_the_byte": row.to_the_byte,
        "joint_standard_errors": _finite(row.score),
        "adjusted_p": _finite(row.p),
        "changed": row.changed,
    }


def _time(row: timings.Row, key_columns: Iterable[str]) -> dict[str, Any]:
    low, high = row.interval
    return {
        **dict(zip(key_columns, row.key, strict=True)),
        "base_ns": row.base_ns,
        "head_ns": row.head_ns,
        "ratio": row.ratio,
        "ratio_low": _finite(low),
        "ratio_high": _finite(high),
        "adjusted_p": _finite(row.p),
        "call": row.call,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
