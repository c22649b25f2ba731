"""Results to compare, made instead of measured: folders of runs, files of pytest-benchmark, and the same in memory."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench.compare.sources import Result
from bench.statistics.significance import Effect
from bench.tables import csv
from bench.tables.contents import TABLES
from bench.tables.manifest import written
from tests.support import synthetic

CPU = {"model": "A CPU", "cores": 2, "affinity": [0, 1]}
MANIFEST: dict[str, Any] = {
    "command": "python -m bench sweep",
    "seed": 0,
    "commit": "0123456789abcdef",
    "versions": {"python": "3.11.7", "bench": "0.1.0", "numpy": "2.4.6"},
    "cpu": CPU,
    "block": {"draws": 204800, "groups": 64},
    "config": {"name": "x", "data": {"name": "normal", "seed": 0}, "precision": 0.05, "rounds": 15},
    "data": {"n": 10, "sha256": "f00"},
    "threads": {},
    "phases": {},
    "verdict": {},
}
OTHER_NUMPY = {"versions": {"python": "3.11.7", "bench": "0.1.0", "numpy": "2.5.0"}}


def tables() -> dict[str, pd.DataFrame]:
    """A small sweep."""
    return synthetic.tables(latents=["shared"], sigma=[1.0], dataset_size=[1, 10], samples=[1])


def run(folder: Path, frames: Mapping[str, pd.DataFrame], **manifest: Any) -> Path:
    """The folder of a run with these tables."""
    folder.mkdir(parents=True, exist_ok=True)
    there = [name for name in TABLES if name in frames]
    rows = {name: frames[name].drop(columns="schema", errors="ignore").to_dict("records") for name in there}
    texts = {name: csv.to_csv(name, content) for name, content in rows.items()}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text)
    (folder / "manifest.json").write_text(json.dumps(MANIFEST | written(texts) | manifest))
    return folder


def record(rounds: Mapping[str, Sequence[float]], cpu: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What pytest-benchmark writes of benchmarks with these rounds, in seconds."""
    return {
        "machine_info": {"cpu": {"brand_raw": "A CPU", "count": 2} if cpu is None else cpu},
        "commit_info": {"id": "fedcba9876543210"},
        "benchmarks": [{"fullname": name, "stats": stats(values)} for name, values in rounds.items()],
        "version": "5.1.0",
    }


def stats(values: Sequence[float]) -> dict[str, Any]:
    """The statistics of a benchmark, its rounds with them."""
    low, median, high = map(float, np.quantile(values, [0.25, 0.5, 0.75]))
    return {"median": median, "iqr": high - low, "rounds": len(values), "data": [float(value) for value in values]}


def saved(file: Path, content: Any) -> Path:
    """A JSON file."""
    file.write_text(json.dumps(content))
    return file


def timed(effects: Sequence[Effect], cpu: tuple[Any, Any] = ("A CPU", 2)) -> Result:
    """A result in memory that holds times alone."""
    times = {(f"test_{i}",): effect for i, effect in enumerate(effects)}
    return Result("x", "pytest-benchmark", None, cpu, times, {}, {})
