"""Small fits into a folder of the test's, their tables alone."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.engine.journal import Journal
from bench.oracle import lines
from bench.report import write
from tests.support.command import Outcome, command, rows

QUICK = (
    "~study",
    "data=normal",
    "steps=40",
    "checkpoints=4",
    "replicates=16",
    "rounds=0",
    "executor=serial",
    "resume=false",
)


def without_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs write their tables alone: figures, and the lines in them, would take most of the time."""
    monkeypatch.setattr(lines, "MOST", 0)
    monkeypatch.setattr(write, "new_report", lambda *arguments: write.Report({}, ()))


def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is run be interrupted once: at its third writing into the journal."""
    written: list[int] = []
    real = Journal.write

    def stops(journal: Journal, *arguments: object) -> None:
        written.append(1)
        if len(written) == 3:
            raise KeyboardInterrupt
        real(journal, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Journal, "write", stops)


def fit_into(folder: Path, *words: str) -> Outcome:
    """`python -m bench fit`, small unless the words say otherwise, into folder/fit."""
    return command("fit", *QUICK, f"output={folder}", "name=fit", *words)


def fit_tables(folder: Path, *words: str) -> Mapping[str, list[dict[str, str]]]:
    """The tables of such a fit, as text."""
    code, _, err = fit_into(folder, *words)
    assert code == 0, err
    return {path.stem: rows(folder / "fit", path.stem) for path in sorted((folder / "fit").glob("*.csv"))}
