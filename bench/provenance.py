"""Provenance: what made a run. No host name, no user name, no absolute path."""

import hashlib
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import PACKAGE, rerun
from bench.deciding import compiler_target, deciding, versions
from bench.engine import reduce
from bench.engine.journal import key_of
from bench.kernels.cache import source_hash
from bench.plan import tiling
from bench.plan.cells import Plan
from bench.registry import KINDS, Registry
from bench.tables.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class Run:
    """What was run, and how it went."""

    config: Mapping[str, Any]
    overrides: Sequence[str]
    plan: Plan | None  # None of a network, which has data of its own
    verdict: Mapping[str, Any]
    sessions: Sequence[Mapping[str, Any]]  # the processes that did it, this one last
    kind: str = "sweep"  # the command


def collect(run: Run, registry: Registry) -> dict[str, Any]:
    """The manifest of a run."""
    status = _git("status", "--porcelain", "--", "bench", "conf")
    names = {kind: _names(run.config, kind) for kind in KINDS}
    return {
        "schema": SCHEMA,
        "kind": run.kind,
        "name": str(run.config["name"]),
        "command": rerun.command(run.overrides, run.kind),
        "inputs": rerun.inputs(run.overrides, run.kind),
        "words": registry.words(names),
        "formulas": registry.formulas(names),
        "config": rerun.without_private(run.config),
        "seed": run.config["seed"],
        "commit": _git("rev-parse", "HEAD"),
        "dirty": None if status is None else bool(status),
        "sources_sha256": source_hash(),
        "versions": versions(registry),
        "cpu": cpu(),
        "threads": _threads() | {"executor": rerun.without_private(run.config["executor"])},
        "block": _block(),
        "data": _data(run.plan, registry),
        "sessions": run.sessions,
        "phases": _seconds(run.sessions),
        "verdict": dict(run.verdict),
    }


def _names(config: Mapping[str, Any], kind: str) -> Sequence[str]:
    """The plug-ins of a kind that a run used."""
    chosen = config.get(kind) or ()
    return [str(chosen["name"])] if isinstance(chosen, Mapping) and "name" in chosen else [*chosen]


def cpu() -> dict[str, Any]:
    """The processor, what code is compiled for, and how much of it may be used."""
    cores, affinity = os.cpu_count(), sorted(os.sched_getaffinity(0))
    return {"model": cpu_model(), "target": compiler_target(), "cores": cores, "affinity": affinity}


def _seconds(sessions: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The seconds of each phase in all sessions together."""
    totals: dict[str, float] = {}
    for session in sessions:
        for phase, seconds in session["phases"].items():
            totals[phase] = round(totals.get(phase, 0.0) + seconds, 3)
    return totals


def _threads() -> dict[str, str]:
    names = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS")
    return {name: os.environ[name] for name in names if name in os.environ}


def _block() -> dict[str, int]:
    """The sizes that decide in which order draws are added up, and so on the last digits."""
    return {
        "draws": tiling.BLOCK,
        "tile": tiling.TILE,
        "segment": tiling.SEGMENT,
        f"tile_from_dimension_{tiling.WIDE}": tiling.WIDE_TILE,
        "groups": tiling.GROUPS,
        "powers": reduce.POWERS,
    }


def _data(plan: Plan | None, registry: Registry) -> dict[str, Any] | None:
    """The largest of the datasets that were used; the smaller ones are its beginnings."""
    if plan is None or not plan.data:
        return None
    x = max(plan.data.values(), key=len)
    return {
        "name": plan.data_name,
        "description": registry.summaries["data", plan.data_name],
        "unit": registry.get("data", plan.data_name).unit,
        "n": int(x.size),
        "mean": float(x.mean()),
        "variance": float(x.var()),
        "sha256": hashlib.sha256(x.astype("<f8").tobytes()).hexdigest(),
    }


def fingerprint(registry: Registry) -> str:
    """What determines the numbers of a job besides its config."""
    return key_of(*deciding(registry).values()).hex()


def cpu_model() -> str:
    """The processor's model name, as Linux tells it."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _git(*arguments: str) -> str | None:
    """What git says of the checkout that the package runs from; None outside one."""
    root = PACKAGE.parent
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
