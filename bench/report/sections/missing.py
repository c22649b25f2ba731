"""What was not measured, or not to the end, and why."""

from bench.markup.blocks import Block, Column, Heading, Paragraph, Table
from bench.report.sections.phrases import Tables

MEANING = (
    "skipped: not for this cell, so its numbers are empty. budget: sampling ended at its budget before the interval "
    "was as narrow as asked. unconverged: few draws carry the variance, so it and its interval may be too small. "
    "nonfinite: a number overflowed or is not defined."
)


def missing(tables: Tables) -> list[Block]:
    """How many rows were not measured, or not to the end, and why."""
    title = Heading(2, "What is missing or uncertain")
    rows = [
        [name, status, str(count)]
        for name in ("statistics", "ratios")
        for status, count in tables[name]["status"].value_counts(sort=False).items()
        if status != "ok"
    ]
    if not rows:
        return [title, Paragraph("Nothing: every row was measured and converged.")]
    return [title, Table([Column("table"), Column("status"), Column("rows")], rows), Paragraph(MEANING)]
