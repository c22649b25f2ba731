"""The index of a folder of runs: index.html, and beside it the pages that hold two runs against each other."""

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from bench.report.index.compared import FOLDER, Comparison, comparisons
from bench.report.index.entries import Entry, Summaries, entries
from bench.report.page.build import HERE, template
from bench.tables import files


def write(folder: Path, summaries: Summaries, threshold: float, missing: Sequence[Entry] = ()) -> list[Entry]:
    """Write the index and the comparisons, without those of runs that are gone; gives what is listed.

    `missing` are studies that left no run.
    """
    runs = entries(folder, summaries)
    compared = comparisons(folder, [entry.name for entry in runs], threshold)
    listed = [*runs, *missing]
    pages = {comparison.path: comparison.page() for comparison in compared}
    stale = [f"{FOLDER}/{path.name}" for path in (folder / FOLDER).glob("*..*.html")]
    files.update(folder, {**pages, "index.html": page(listed, compared)}, sorted({*stale} - {*pages}))
    return listed


def page(listed: Sequence[Entry], compared: Sequence[Comparison]) -> str:
    """The text of index.html; its addresses are relative to its folder."""
    of_run = {entry.name: [pair for pair in compared if entry.name in (pair.base, pair.head)] for entry in listed}
    style = Markup("".join((HERE / file).read_text() for file in ("style.css", "index.css")))
    return template("index.html").render(entries=listed, compared=of_run, style=style)
