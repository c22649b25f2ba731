"""What can be compared: the folder of a run, or a JSON file of pytest-benchmark, read and checked.

Rows keep the text of the file, for statistics may have to agree to the byte.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.errors import BadInput
from bench.statistics import significance
from bench.statistics.significance import Effect
from bench.tables import integrity
from bench.tables.contents import TABLES

Key = tuple[str, ...]
Rows = Mapping[Key, Mapping[str, str]]

COMPARED = ("statistics", "ratios", "timings", "components")
ALLOWED = "allowed: the folder of a run (reports/NAME) or a JSON file of pytest-benchmark"


@dataclass(frozen=True, slots=True)
class Result:
    """One result. `times` are logarithms of ns by key; `tables` and `manifest` are empty for pytest-benchmark."""

    name: str
    kind: str
    commit: str | None
    cpu: tuple[Any, Any]  # model, cores
    times: Mapping[Key, Effect]
    tables: Mapping[str, Rows]
    manifest: Mapping[str, Any]


def read(key: str, path: Path) -> Result:
    """The result at a path; BadInput names the key of the configuration, the file and what is wrong."""
    if not path.exists():
        raise BadInput(f"{key}: {str(path)!r} does not exist; {ALLOWED}")
    try:
        return _run(path) if path.is_dir() else _pytest_benchmark(path)
    except BadInput as error:
        raise BadInput(f"{key}: {error}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise BadInput(f"{key}: cannot read {str(path)!r}: {what}; {ALLOWED}") from error


def _run(folder: Path) -> Result:
    rows, manifest = integrity.check(folder, COMPARED)
    if not isinstance(groups := manifest["block"]["groups"], int) or groups < 2:
        raise ValueError(f"manifest.json holds groups={groups!r} of blocks; run the sweep again")
    tables = {name: {TABLES[name].key(row): row for row in content} for name, content in rows.items()}
    cpu = manifest["cpu"]["model"], manifest["cpu"]["cores"]
    times = {key: _time(row) for key, row in tables["timings"].items()}
    return Result(folder.name, "run", manifest.get("commit"), cpu, times, tables, manifest)


def row_title(table: str, key: Key) -> str:
    """The key of a row for a reader; that of a benchmark of pytest is its name alone."""
    return key[0] if len(key) == 1 else TABLES[table].row_title(key)


def to_float(text: str) -> float:
    """The number in a field; NaN where it is empty."""
    return float(text) if text else math.nan


def _time(row: Mapping[str, str]) -> Effect:
    """The logarithm of ns per estimate."""
    value, low, high = (_log(to_float(row[f"estimate_ns{end}"])) for end in ("", "_low", "_high"))
    return significance.from_interval(value, low, high, int(to_float(row["rounds"])))


def _pytest_benchmark(file: Path) -> Result:
    record = json.loads(file.read_text())
    if not isinstance(record, dict) or not isinstance(record.get("benchmarks"), list) or "machine_info" not in record:
        raise ValueError("it is JSON, but not of pytest-benchmark")
    cpu = record["machine_info"].get("cpu") or {}
    times: dict[Key, Effect] = {}
    for benchmark in record["benchmarks"]:
        if (key := (str(benchmark["fullname"]),)) in times:
            raise ValueError(f"it holds {key[0]!r} twice")
        times[key] = _seconds(benchmark["stats"])
    if not all(isinstance(cpu.get(key), kind | None) for key, kind in (("brand_raw", str), ("count", int))):
        raise ValueError(f"its processor is {cpu!r}")
    commit = (record.get("commit_info") or {}).get("id")
    return Result(file.name, "pytest-benchmark", commit, (cpu.get("brand_raw"), cpu.get("count")), times, {}, {})


def _seconds(stats: Mapping[str, Any]) -> Effect:
    """The logarithm of ns of a benchmark: from all its rounds if the file has them, else from their quartiles."""
    if stats.get("data"):
        return significance.from_rounds(np.array([_log(float(seconds) * 1e9) for seconds in stats["data"]]))
    median, rounds = float(stats["median"]), int(stats["rounds"])
    if rounds < 1:
        raise ValueError(f"it holds {rounds} rounds")
    relative = float(stats["iqr"]) / median if median > 0 else math.nan
    return significance.from_quartiles(_log(median * 1e9), relative, rounds)


def _log(value: float) -> float:
    if not 0 < value < math.inf:
        raise ValueError(f"a time is {value}, which is no time")
    return math.log(value)
