"""What is missing, and how the report was made."""

from collections.abc import Mapping
from typing import Any

from bench.markup.markdown import bullets, escape, table
from bench.report.sections.words import Tables, pairs

MEANING = (
    "skipped: not for this cell, so its numbers are empty. budget: sampling ended at its budget before the interval "
    "was as narrow as asked. unconverged: few draws carry the variance, so it and its interval may be too small. "
    "nonfinite: a number overflowed or is not defined."
)


def missing(tables: Tables) -> str:
    """How many rows were not measured, or not to the end, and why."""
    lines = [
        [name, escape(status), str(count)]
        for name in ("statistics", "ratios")
        for status, count in tables[name]["status"].value_counts(sort=False).items()
        if status != "ok"
    ]
    title = "## What is missing or uncertain\n\n"
    if not lines:
        return title + "Nothing: every row was measured and converged.\n"
    return title + table(["table", "status", "rows"], lines) + f"\n{MEANING}\n"


def origin(manifest: Mapping[str, Any]) -> str:
    """Everything that is needed to make it again."""
    commit = manifest.get("commit")
    changed = " with uncommitted changes" if manifest.get("dirty") else ""
    items = {
        "seed": manifest.get("seed"),
        "commit": f"{commit}{changed}" if commit else None,
        "data": pairs(manifest.get("data")),
        "versions": pairs(manifest.get("versions")),
        "blocks": pairs(manifest.get("block")),
        "seconds": pairs(manifest.get("phases")),
    }
    command = f"    {' '.join(manifest['command'].split())}\n\n" if manifest.get("command") else ""
    lines = [f"{key}: {escape(value)}" for key, value in items.items() if value not in (None, "")]
    return "## How it was made\n\n" + command + bullets(lines)
