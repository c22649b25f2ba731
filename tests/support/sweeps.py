"""What tests of whole sweeps look at."""

from collections.abc import Callable
from pathlib import Path

from tests.support.command import Outcome

Sweep = Callable[..., Outcome]
DETERMINISTIC = ("statistics", "ratios")


def same(first: Path, second: Path) -> bool:
    return all((first / f"{name}.csv").read_bytes() == (second / f"{name}.csv").read_bytes() for name in DETERMINISTIC)
