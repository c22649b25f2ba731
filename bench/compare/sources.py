"""What can be compared: the folder of a run, or a JSON file of pytest-benchmark, read and checked.

Rows keep the text of the file, for statistics may have to agree to the byte.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.compare import benchmarks
from bench.errors import BadInput
from bench.statistics import significance
from bench.statistics.significance import Effect
from bench.tables import integrity
from bench.tables.contents import TABLES
from bench.tables.manifest import kind_told

Key = tuple[str, ...]
Rows = Mapping[Key, Mapping[str, str]]

COMPARED = ("statistics", "ratios", "timings", "components", "curves", "paths", "encoder")
READ = (*COMPARED, "times")  # which is exported, and follows from the paths
BENCHMARKS = "pytest-benchmark"
KINDS = {"sweep": "run", "fit": "fit"}  # what a result of each kind of run is called
ALLOWED = "allowed: the folder of a run (reports/NAME) or a JSON file of pytest-benchmark"


@dataclass(frozen=True, slots=True)
class Result:
    """One result. `times` are logarithms of ns by key; `tables` and `manifest` are empty for pytest-benchmark.

    `faults` says of rows without a time what is wrong with them.
    """

    name: str
    kind: str
    commit: str | None
    cpu: tuple[Any, Any]  # model, cores
    times: Mapping[Key, Effect]
    tables: Mapping[str, Rows]
    manifest: Mapping[str, Any]
    faults: Mapping[Key, str] = field(default_factory=dict)

    @property
    def is_run(self) -> bool:
        """Whether it is of this program, with tables and a manifest."""
        return self.kind != BENCHMARKS


def read(key: str, path: Path) -> Result:
    """The result at a path; BadInput names the key of the configuration, the file and what is wrong."""
    if not path.exists():
        raise BadInput(f"{key}: {str(path)!r} does not exist; {ALLOWED}")
    if path.is_char_device() or path.is_block_device():  # they may have no end
        raise BadInput(f"{key}: {str(path)!r} is a device; {ALLOWED}")
    try:
        return _run(path) if path.is_dir() else _pytest_benchmark(path)
    except BadInput as error:
        raise BadInput(f"{key}: {error}{'' if path.is_dir() else f'; {ALLOWED}'}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise BadInput(f"{key}: cannot read {str(path)!r}: {what}; {ALLOWED}") from error


def _run(folder: Path) -> Result:
    rows, manifest = integrity.check(folder, READ)
    if not isinstance(groups := manifest["block"]["groups"], int) or groups < 2:
        raise ValueError(f"manifest.json holds groups={groups!r} of blocks; run the sweep again")
    tables = {name: {TABLES[name].key(row): row for row in content} for name, content in rows.items()}
    times = {key: _time(row) for key, row in tables.get("timings", {}).items()}
    return Result(
        folder.name, KINDS[kind_told(manifest)], manifest.get("commit"), _processor(manifest), times, tables, manifest
    )


def _processor(manifest: Mapping[str, Any]) -> tuple[Any, Any]:
    """The model and the cores that took the times; a run that was resumed on others has no one processor."""
    sessions = manifest.get("sessions", ())
    cpus = [session["cpu"] for session in sessions if "timing" in session["phases"]] or [manifest["cpu"]]
    processors = {(cpu["model"], cpu["cores"]) for cpu in cpus}
    return processors.pop() if len(processors) == 1 else (None, None)


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
    commit, cpu, times, faults = benchmarks.read(file)
    return Result(file.name, BENCHMARKS, commit, cpu, times, {}, {}, faults)


def _log(value: float) -> float:
    if not 0 < value < math.inf:
        raise ValueError(f"a time is {value}, which is no time")
    return math.log(value)
