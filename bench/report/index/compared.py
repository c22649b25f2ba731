"""Pages that hold two runs of a folder against each other, as `compare` does: for runs that share rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from markupsafe import Markup

from bench.compare import cells, sources
from bench.compare.cells import Cells
from bench.compare.numbers import same_data
from bench.compare.sources import COMPARED, Result
from bench.compare.verdict import Verdict, judge, notes, processor, summary
from bench.errors import BadInput
from bench.markup.blocks import Block, Bullets, Column, Paragraph, Table
from bench.report.page.build import HERE, template

FOLDER = "comparisons"  # beside the runs
MOST = 5  # earlier runs that one is compared with


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs, the earlier as base, and how the later compares."""

    base: str
    head: str
    verdict: Verdict

    @property
    def path(self) -> str:
        """Where its page is, from the folder of the runs."""
        return f"{FOLDER}/{self.base}..{self.head}.html"

    @property
    def word(self) -> str:
        """The verdict of `compare`."""
        return self.verdict.word

    def page(self) -> str:
        """The page; its links lead to the runs and to the index above it."""
        return template("compared.html").render(
            comparison=self, blocks=list(_blocks(self.verdict)), style=Markup((HERE / "style.css").read_text())
        )


def comparisons(folder: Path, names: Sequence[str], threshold: float) -> list[Comparison]:
    """Each of the runs, which stand from the latest to the earliest, beside the last few before it that share rows."""
    results = list(_results(folder, names))
    pairs: list[Comparison] = []
    for place, head in enumerate(results, 1):
        bases = (base for base in results[place:] if share(base, head))
        pairs += [Comparison(base.name, head.name, judge([base], [head], threshold)) for base in islice(bases, MOST)]
    return pairs


def _results(folder: Path, names: Sequence[str]) -> Iterator[Result]:
    """The runs that can be read; what is wrong with another is said by its entry."""
    for name in names:
        try:
            yield sources.read("output", folder / name)
        except BadInput:
            continue


def share(base: Result, head: Result) -> bool:
    """Whether two runs have a statistic of the same data in common; times alone are no reason to compare them."""
    tables = (table for table in COMPARED if table != "timings")
    common = any(base.tables.get(table, {}).keys() & head.tables.get(table, {}).keys() for table in tables)
    return base.kind == head.kind and same_data(base, head) and common


def _blocks(verdict: Verdict) -> Iterator[Block]:
    """The summary, where the results are from, the notes, and the rows, worst first."""
    yield Paragraph(summary(verdict))
    sides = {"Base": verdict.bases[0], "Head": verdict.heads[0]}
    origins = [
        f"{side}: {run.name}, commit {(run.commit or 'unknown')[:10]}, on {processor(run)}."
        for side, run in sides.items()
    ]
    yield Bullets([*origins, *notes(verdict)])
    for caption, table in (("Changed", cells.statistics(verdict.changed)), ("Times", cells.times(verdict.times))):
        if table.lines:
            yield _table(caption, table)


def _table(caption: str, table: Cells) -> Table:
    more = f" (the first {len(table.lines)} of {len(table.lines) + table.hidden})" if table.hidden else ""
    return Table([*map(Column, table.header)], table.lines, f"{caption}{more}")
