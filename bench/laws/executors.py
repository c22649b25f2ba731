"""Laws of an executor: what a function gives for each item, in the order of the items, each item once."""

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench.laws.finding import Finding, against
from bench.laws.outcome import Outcome, tried
from bench.registry import Registry
from bench.spec import Executor

ITEMS = 20
Map = Callable[..., Any]


def in_order(run: Map) -> Finding | None:
    """run(function, items) yields function(item), item by item."""
    results = list(run(np.sqrt, np.arange(float(ITEMS))))
    if len(results) != ITEMS:
        return against(float(len(results)), float(ITEMS), 0.5, "results")
    return against(np.array(results, dtype=float), np.sqrt(np.arange(float(ITEMS))), 0.0, "a result")


def once(run: Map) -> Finding | None:
    """No item is left out, and none is done twice."""
    with tempfile.TemporaryDirectory() as folder:
        list(run(partial(noted, folder), range(ITEMS)))
        calls = [Path(folder, str(item)) for item in range(ITEMS)]
        times = np.array([path.stat().st_size if path.exists() else 0 for path in calls], dtype=float)
    return against(times, 1.0, 0.5, "calls for an item")


def noted(folder: str, item: int) -> int:
    """The item, after a byte more in its file: another process may do it."""
    file = os.open(Path(folder, str(item)), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        os.write(file, b".")
    finally:
        os.close(file)
    return item


def of_executor(executor: Executor, registry: Registry) -> Iterator[Outcome]:
    """With its default parameters."""
    laws: dict[str, Any] = {"in the order of the items": in_order, "each item once": once}
    with executor.running(registry, **executor.parameters) as run:
        for law, broken in laws.items():
            yield tried(law, [run], broken, lambda _: executor.name)
