"""Laws of an executor: what a function gives for each item, in the order of the items, each item once."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from bench.laws.finding import Finding, against
from bench.laws.outcome import Outcome, tried
from bench.registry import Registry
from bench.spec import Executor

ITEMS = 20


def in_order(executor: Executor) -> Finding | None:
    """map(function, items) yields function(item), item by item."""
    results = list(executor.map(np.sqrt, np.arange(float(ITEMS)), **executor.parameters))
    if len(results) != ITEMS:
        return against(float(len(results)), float(ITEMS), 0.5, "results")
    return against(np.array(results, dtype=float), np.sqrt(np.arange(float(ITEMS))), 0.0, "a result")


def once(executor: Executor) -> Finding | None:
    """No item is left out, and none is done twice."""
    calls: Counter[int] = Counter()

    def count(item: int) -> int:
        calls.update([item])
        return item

    list(executor.map(count, range(ITEMS), **executor.parameters))
    times = np.array([calls[item] for item in range(ITEMS)], dtype=float)
    return against(times, 1.0, 0.5, "calls for an item")


def of_executor(executor: Executor, registry: Registry) -> Iterator[Outcome]:
    """With its default parameters."""
    laws: dict[str, Any] = {"in the order of the items": in_order, "each item once": once}
    for law, broken in laws.items():
        yield tried(law, [executor], broken, lambda plugin: plugin.name)
