"""Laws of a dataset: finite numbers, the same whenever they are asked for, and fewer of them are the first of more."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from bench.laws.finding import Finding, against, worst
from bench.laws.outcome import Outcome, tried
from bench.registry import Registry
from bench.spec import Dataset

SIZES = (1, 2, 5)


def loads(dataset: Dataset, parameters: Mapping[str, Any], sizes: Sequence[int] = SIZES) -> Finding | None:
    """load(n) gives n finite numbers in a row; all of them are given again the second time."""
    findings = []
    for size in sizes:
        once, again = (np.asarray(dataset.load(size, **parameters), dtype=float) for _ in range(2))
        findings.append(against(float(once.size), float(size), 0.5, f"numbers that load({size}) gives"))
        findings.append(against(float(once.ndim), 1.0, 0.5, f"axes of what load({size}) gives"))
        findings.append(against(float(np.isfinite(once).sum()), float(once.size), 0.5, f"finite ones in load({size})"))
        if once.shape == again.shape:
            findings.append(against(again, once, 0.0, f"load({size}) the second time"))
    return worst(findings)


def prefix(dataset: Dataset, parameters: Mapping[str, Any], sizes: Sequence[int] = SIZES) -> Finding | None:
    """load(n) is the beginning of load(m) for n < m, so a larger dataset adds to a smaller one."""
    longest = np.asarray(dataset.load(sizes[-1], **parameters), dtype=float)
    findings = []
    for size in sizes[:-1]:
        first = np.asarray(dataset.load(size, **parameters), dtype=float)
        findings.append(against(first, longest[: first.size], 0.0, f"load({size}) in load({sizes[-1]})"))
    return worst(findings)


def of_dataset(
    dataset: Dataset, registry: Registry, values: Mapping[str, Any] | None = None, wanted: Sequence[int] = SIZES
) -> Iterator[Outcome]:
    """With its default parameters and at a few sizes, or with those of a sweep and at its sizes."""
    parameters = dataset.parameters if values is None else values
    needed = [name for name, value in parameters.items() if value is None]
    reason = f"{', '.join(needed)} must be given"
    sizes = sorted({size for size in (*SIZES[:-1], *wanted) if size <= max(wanted)})
    for law, broken in {"finite, the same twice": loads, "fewer are the first of more": prefix}.items():
        several = [] if needed else [dataset]
        yield tried(law, several, partial(broken, parameters=parameters, sizes=sizes), lambda p: p.name, reason)
