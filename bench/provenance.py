"""Provenance: what made a run. No host name, no user name, no absolute path."""

import hashlib
import importlib.metadata
import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import PACKAGE, __version__
from bench.engine import reduce
from bench.engine.journal import key
from bench.kernels.cache import source_hash
from bench.plan import tiling
from bench.plan.cells import Plan
from bench.plan.tiling import SEGMENT, TILE, WIDE, WIDE_TILE
from bench.registry import Registry
from bench.tables.schema import SCHEMA

PACKAGES = ("numpy", "numba", "llvmlite", "scipy", "pandas", "matplotlib", "seaborn", "hydra-core")


def collect(
    name: str,
    config: Mapping[str, Any],
    overrides: Sequence[str],
    plan: Plan,
    verdict: Mapping[str, Any],
    phases: Mapping[str, float],
    unit: str,
    summary: str,
) -> dict[str, Any]:
    """The manifest of a run. `summary` describes the data in one line, `unit` is theirs."""
    data = max(plan.data.values(), key=len) if plan.data else None
    return {
        "schema": SCHEMA,
        "name": name,
        "command": " ".join(["python -m bench sweep", *map(_relative, overrides)]),
        "config": _without_paths(config),
        "seed": config["seed"],
        "commit": _git("rev-parse", "HEAD"),
        "dirty": None if (status := _git("status", "--porcelain", "--", "bench", "conf")) is None else bool(status),
        "sources_sha256": source_hash(),
        "versions": versions(),
        "cpu": {"model": cpu_model(), "cores": os.cpu_count(), "affinity": sorted(os.sched_getaffinity(0))},
        "threads": {key: os.environ[key] for key in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS") if key in os.environ}
        | {"executor": config["executor"]},
        "block": {
            "draws": tiling.BLOCK,
            "tile": TILE,
            "panel": SEGMENT,
            f"tile_from_dimension_{WIDE}": WIDE_TILE,
            "groups": tiling.GROUPS,
            "powers": reduce.POWERS,
        },
        "data": None
        if data is None
        else {
            "name": plan.data_name,
            "description": summary,
            "unit": unit,
            "n": int(data.size),
            "mean": float(data.mean()),
            "variance": float(data.var()),
            "sha256": hashlib.sha256(data.astype("<f8").tobytes()).hexdigest(),
        },
        "phases": dict(phases),
        "verdict": dict(verdict),
    }


def versions() -> dict[str, str]:
    """Versions of the interpreter, the package and what its numbers and figures come from."""
    packages = {package: importlib.metadata.version(package) for package in PACKAGES}
    return {"python": platform.python_version(), "bench": __version__} | packages


def fingerprint(registry: Registry) -> str:
    """What determines the numbers of a job besides its config: sources, users' files, versions, CPU, compiler."""
    compiler = {name: value for name, value in sorted(os.environ.items()) if name.startswith("NUMBA_")}
    for name in ("NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS"):
        compiler.pop(name, None)
    return key(source_hash(), sorted(registry.sources), versions(), cpu_model(), compiler).hex()


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


def _relative(text: str) -> str:
    """An override with its absolute paths cut to their last part."""
    return re.sub(r"""(?<=[=\[,'"])/(?:[^,\]'"/]+/)*(?=[^,\]'"/])""", "", text)


def _without_paths(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_paths(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_paths(item) for item in value]
    return Path(value).name if isinstance(value, str) and os.path.isabs(value) else value
