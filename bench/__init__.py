"""The reference benchmark for Monte Carlo gradient estimators.

In Python: `bench.sweep(sigma=[0.1, 1])` runs a sweep, `bench.load("reports/default")` reads one; what is wrong with
either is a `bench.BenchError`.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

__version__ = "0.2.0"
__all__ = ["BenchError", "load", "sweep"]

PACKAGE = Path(__file__).parent  # the source hash, the cache of kernels, the config folder and git's root hang on it
OFFERED = {"load": "bench.api", "sweep": "bench.api", "BenchError": "bench.errors"}  # with pandas and matplotlib


def __getattr__(name: str) -> Any:
    """What is offered is imported when it is asked for: the command line starts without it."""
    if name not in OFFERED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(OFFERED[name]), name)


def __dir__() -> list[str]:
    """What there is, for completion."""
    return sorted({*globals(), *OFFERED})
