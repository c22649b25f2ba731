"""Laws of a dataset: finite numbers, the same whenever they are asked for, and fewer of them are the first of more."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from bench.laws.finding import Finding, against, worst
from bench.laws.outcome import Outcome, tried
from bench.registry import Registry
from bench.spec import Dataset

SIZES = (1, 2, 5)


def loads(dataset: Dataset, parameters: Mapping[str, Any]) -> Finding | None:
    """load(n) gives n finite numbers in a row; all of them are given again the second time."""
    findings = []
    for size in SIZES:
        once, again = (np.asarray(dataset.load(size, **parameters), dtype=float) for _ in range(2))
        findings.append(against(float(once.size), float(size), 0.5, f"numbers that load({size}) gives"))
        findings.append(against(float(once.ndim), 1.0, 0.5, f"axes of what load({size}) gives"))
        findings.append(against(float(np.isfinite(once).sum()), float(once.size), 0.5, f"finite ones in load({size})"))
        if once.shape == again.shape:
            findings.append(against(again, once, 0.0, f"load({size}) the second time"))
    return worst(findings)


def prefix(dataset: Dataset, parameters: Mapping[str, Any]) -> Finding | None:
    """load(n) is the beginning of load(m) for n < m, so a larger dataset adds to a smaller one."""
    longest = np.asarray(dataset.load(SIZES[-1], **parameters), dtype=float)
    findings = []
    for size in SIZES[:-1]:
        first = np.asarray(dataset.load(size, **parameters), dtype=float)
        findings.append(against(first, longest[: first.size], 0.0, f"load({size}) in load({SIZES[-1]})"))
    return worst(findings)


def of_dataset(dataset: Dataset, registry: Registry) -> Iterator[Outcome]:
    """With its default parameters."""
    needed = [name for name, default in dataset.parameters.items() if default is None]
    reason = f"{', '.join(needed)} must be given"
    for law, broken in {"finite, the same twice": loads, "fewer are the first of more": prefix}.items():
        several = [] if needed else [dataset]
        yield tried(law, several, partial(broken, parameters=dataset.parameters), lambda p: p.name, reason)
