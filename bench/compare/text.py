"""A verdict for a terminal."""

from bench.compare import cells
from bench.compare.cells import Cells
from bench.compare.verdict import Verdict, notes, summary


def to_text(verdict: Verdict) -> str:
    """The summary, the notes and the rows, worst first."""
    tables = cells.statistics(verdict.changed), cells.times(verdict.times)
    return "\n".join([summary(verdict), *notes(verdict), *(_aligned(table) for table in tables if table.lines)])


def _aligned(table: Cells) -> str:
    """Columns as wide as their widest cell."""
    lines = [table.header, *table.lines]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    return "\n" + "\n".join(padded) + table.more
