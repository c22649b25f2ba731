"""What the benchmarks share: claims, ratios of times of one run, printed at its end; no host name in the records."""

from collections.abc import Callable
from typing import Any

import pytest

CLAIMS: list[str] = []
TIMES: dict[str, float] = {}


def pytest_benchmark_update_machine_info(config: Any, machine_info: dict[str, Any]) -> None:
    """The name of the machine is nobody's business."""
    machine_info.pop("node", None)


@pytest.fixture
def timed(benchmark: Any) -> Callable[..., float]:
    """timed(name, draws, work): benchmark warm work, note ns a draw, give the median in seconds."""

    def run(name: str, draws: float, work: Callable[[], Any]) -> float:
        work()
        benchmark.pedantic(work, rounds=15, iterations=1)
        TIMES[name] = float(benchmark.stats.stats.median)
        benchmark.extra_info["ns_per_draw"] = TIMES[name] / draws * 1e9
        return TIMES[name]

    return run


@pytest.fixture
def claim() -> Callable[[str, float, str], None]:
    """claim(what, figure, asked): a line of the summary."""
    return lambda what, figure, asked: CLAIMS.append(f"{what}: {figure:.2f} (asked: {asked})")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the claims."""
    for line in CLAIMS:
        terminalreporter.write_line(line)
