"""What was not measured, or not to the end, and why."""

from bench.markup.markdown import escape, table
from bench.report.sections.phrases import Tables

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
