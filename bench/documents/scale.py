"""The tables of docs/scale.md: what sweeps of more and more cells take, on more and more workers.

From docs/scale.json, which `python -m tests.speed.scale` measures: seconds of a core and bytes of sweeps of some sizes.
Beyond the largest of them everything grows with the cells as it did from the one before, and the clusters are
simulated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.documents.simulation import GROUPS, LAPS, Costs, seconds
from bench.markup import markdown
from bench.markup.numbers import number

CELLS = (1_000, 10_000, 100_000, 1_000_000)
WORKERS = (1, 2, 10, 64, 100, 1_000)
UNITS = (("d", 86_400.0), ("h", 3_600.0), ("min", 60.0), ("s", 1.0), ("ms", 1e-3))
OWN = ("plan_s", "oracle_s", "pack_s")  # the client's own work
BYTES = (("GB", 1e9), ("MB", 1e6), ("kB", 1e3))


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep of some cells takes."""

    costs: Costs
    own_s: float  # of the client alone: plan, oracle, rows
    totals_bytes: float  # of the power sums that the client holds
    result_bytes: float  # of a block

    @property
    def core_s(self) -> float:
        """Of all blocks, on one core."""
        return sum(LAPS) * GROUPS * self.costs.block_s


def sweep_of(cells: int, record: Mapping[str, Any]) -> Sweep:
    """A sweep of so many cells, along the line through the two largest that were measured."""
    *_, before, largest = record["sweeps"]

    def at(name: str) -> float:
        slope = (largest[name] - before[name]) / (largest["cells"] - before["cells"])
        return float(largest[name] + slope * (cells - largest["cells"]))

    tasks = record["tasks"]
    costs = Costs(
        block_s=at("block_s"),
        link_s=at("link_s") + tasks["first_s"],
        result_s=at("result_bytes") * tasks["byte_s"],
        task_s=tasks["task_s"],
        function_s=at("function_bytes") * tasks["byte_s"],
    )
    return Sweep(costs, sum(map(at, OWN)), at("totals_bytes"), at("result_bytes"))


def tables(record: Mapping[str, Any]) -> dict[str, str]:
    """The generated parts of the document, by name."""
    return {"measured": _measured(record), "grown": _grown(record), "workers": _workers(record)}


def _measured(record: Mapping[str, Any]) -> str:
    header = ("cells", "a block", "linking", "a result", "the function", "the client's own work", "its power sums")
    lines = [
        (
            f"{row['cells']:,}",
            *(_unit(row[name], UNITS) for name in ("block_s", "link_s")),
            *(_unit(row[name], BYTES) for name in ("result_bytes", "function_bytes")),
            _unit(sum(row[name] for name in OWN), UNITS),
            _unit(row["totals_bytes"], BYTES),
        )
        for row in record["sweeps"]
    ]
    tasks = record["tasks"]
    told = (
        f"{record['cpu']['model']}. Client and scheduler together take {_unit(tasks['task_s'], UNITS)} of a core for a "
        f"task, and {_unit(1e6 * tasks['byte_s'], UNITS)} for each MB of its results; a process loads the kernels in "
        f"{_unit(tasks['first_s'], UNITS)}."
    )
    return f"{markdown.table(header, lines)}\n{told}\n"


def _grown(record: Mapping[str, Any]) -> str:
    header = ("cells", "blocks on one core", "the client's own work", "its power sums", "a result")
    sweeps = {cells: sweep_of(cells, record) for cells in CELLS}
    lines = [
        (
            f"{cells:,}",
            *(_unit(value, UNITS) for value in (sweep.core_s, sweep.own_s)),
            *(_unit(value, BYTES) for value in (sweep.totals_bytes, sweep.result_bytes)),
        )
        for cells, sweep in sweeps.items()
    ]
    return markdown.table(header, lines)


def _workers(record: Mapping[str, Any]) -> str:
    header = ("workers", *(f"{cells:,} cells" for cells in CELLS))
    sweeps = [sweep_of(cells, record) for cells in CELLS]
    lines = []
    for workers in WORKERS:
        taken = [seconds(sweep.costs, workers) for sweep in sweeps]
        gains = [sweep.core_s / time for sweep, time in zip(sweeps, taken, strict=True)]
        cells = [f"{_unit(time, UNITS)} ({number(gain)})" for time, gain in zip(taken, gains, strict=True)]
        lines.append((f"{workers:,}", *cells))
    return markdown.table(header, lines)


def _unit(value: float, units: tuple[tuple[str, float], ...]) -> str:
    """A value in the unit that suits it, to two digits."""
    name, size = next(((name, size) for name, size in units if value >= size), units[-1])
    return f"{number(value / size, 2)} {name}"
