"""Comparisons by the command line."""

from pathlib import Path

from tests.support.command import Outcome, command


def compare(runs: Path, head: str, *more: str) -> Outcome:
    return command("compare", f"base={runs / 'base'}", f"head={runs / head}", *more)
