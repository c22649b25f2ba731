"""What decides the digits of a run besides its config: sources, the user's files, versions, processor and compiler.

A journal is resumed, and the process of another machine may work along, only where all of it is the same.
"""

import hashlib
import importlib.metadata
import os
import platform
from typing import Any

import llvmlite.binding

from bench import __version__
from bench.kernels.cache import source_hash
from bench.registry import FRAMEWORKS, Registry

PACKAGES = ("numpy", "numba", "llvmlite", "scipy", "pandas", "matplotlib", "seaborn", "hydra-core")


def deciding(registry: Registry) -> dict[str, Any]:
    """All of it by what it is called, in an order that the keys of journals are made in."""
    compiler = {name: value for name, value in sorted(os.environ.items()) if name.startswith("NUMBA_")}
    for name in ("NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS"):
        compiler.pop(name, None)
    return {
        "sources": source_hash(),
        "plug-ins": sorted(registry.sources),
        "versions": versions(registry),
        "processor": compiler_target(),
        "compiler": compiler,
    }


def versions(registry: Registry) -> dict[str, str]:
    """Versions of the interpreter, the package and what its numbers and figures come from, plug-ins' included."""
    names = [*PACKAGES, *(name for framework in sorted(registry.frameworks) for name in FRAMEWORKS[framework])]
    packages = {name: importlib.metadata.version(name) for name in names}
    return {"python": platform.python_version(), "bench": __version__} | packages


def compiler_target() -> str:
    """The micro-architecture that kernels are compiled for, and a hash of its features.

    Processors of one model name can differ in it, and then in the last digits of sums.
    """
    features = llvmlite.binding.get_host_cpu_features().flatten()
    return f"{llvmlite.binding.get_host_cpu_name()} {hashlib.sha256(features.encode()).hexdigest()[:12]}"
