"""What the benchmarks share: calibration, claims printed at the end, no host name in the records.

Claims are ratios of times of one run.
"""

import math
import timeit
from collections.abc import Callable
from typing import Any

import pytest

from bench.clock.work import LEAST_NS

CLAIMS: list[str] = []
TIMES: dict[str, float] = {}


def pytest_benchmark_update_machine_info(config: Any, machine_info: dict[str, Any]) -> None:
    """The name of the machine is nobody's business."""
    machine_info.pop("node", None)


def calls(work: Callable[[], Any]) -> int:
    """How often warm work is called for a round that is long enough."""
    count = 1
    while min(timeit.repeat(work, number=count, repeat=3)) < LEAST_NS * 1e-9:
        count *= 2
    return count


@pytest.fixture
def timed(benchmark: Any) -> Callable[..., float]:
    """timed(name, draws, work): benchmark warm work, note ns a draw, give the median in s, or NaN if disabled."""

    def run(name: str, draws: float, work: Callable[[], Any]) -> float:
        work()
        benchmark.pedantic(work, rounds=15, iterations=calls(work))
        if benchmark.disabled:
            return math.nan
        TIMES[name] = float(benchmark.stats.stats.median)
        benchmark.extra_info["ns_per_draw"] = TIMES[name] / draws * 1e9
        return TIMES[name]

    return run


def taken(name: str) -> float:
    """The seconds that were taken down under a name; NaN where its benchmark was not run."""
    return TIMES.get(name, math.nan)


@pytest.fixture
def claim() -> Callable[[str, float, str], None]:
    """claim(what, figure, goal): a line of the summary, unless the figure compares with what was not run."""

    def add(what: str, figure: float, goal: str) -> None:
        if not math.isnan(figure):
            CLAIMS.append(f"{what}: {figure:.2f} (asked: {goal})")

    return add


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the claims."""
    for line in CLAIMS:
        terminalreporter.write_line(line)
