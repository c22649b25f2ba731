"""Runs that somebody has edited, or that another version has written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.tables.contents import tables_in
from tests.support.command import Outcome, command

Edit = Callable[[list[str]], list[str]]


def edit(run: Path, name: str, change: Edit) -> None:
    """Change the rows of a table, its header left as it is."""
    path = run / f"{name}.csv"
    header, *rows = path.read_text().splitlines()
    path.write_text("\n".join([header, *change(rows), ""]))


def without(word: str) -> Edit:
    """Leave out the rows that hold a word."""
    return lambda rows: [row for row in rows if word not in row]


def manifest(run: Path) -> dict[str, Any]:
    """The manifest of a run."""
    record = json.loads((run / "manifest.json").read_text())
    assert isinstance(record, dict)
    return record


def save(run: Path, record: Any) -> None:
    """Put another manifest in its place."""
    (run / "manifest.json").write_text(json.dumps(record))


def of_schema(run: Path, schema: str, version: str | None) -> None:
    """The run as another version would have written it."""
    for name in tables_in(run):
        edit(run, name, lambda rows: [f"{schema},{row.partition(',')[2]}" for row in rows])
    save(run, manifest(run) | {"schema": schema, "versions": {"bench": version} if version else None})


def report(run: Path) -> Outcome:
    """Redraw one figure of the run, and its report."""
    return command("report", f"output={run.parent}", "name=run", "figures=[variance_samples]", "format=[svg]")


def export(run: Path) -> Outcome:
    """Export the run."""
    return command("export", f"output={run.parent}", "name=run")


def compare(run: Path) -> Outcome:
    """Compare the run with itself."""
    return command("compare", f"base={run}", f"head={run}")


COMMANDS: dict[str, Callable[[Path], Outcome]] = {"report": report, "export": export, "compare": compare}
