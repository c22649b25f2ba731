"""A verdict as Markdown, for a pull request: calls are open, the times that were not called are folded."""

from collections.abc import Sequence

from bench.compare import cells
from bench.compare.cells import Cells
from bench.compare.sources import Result
from bench.compare.verdict import Verdict, notes, processor, summary
from bench.markup import markdown
from bench.markup.markdown import bullets, escape

OPEN = ("regressed", "improved", "uncertain")


def to_markdown(verdict: Verdict) -> str:
    """The summary, where the results are from, the notes and the rows, worst first."""
    origins = [f"Base: {_origin(verdict.bases)}.", f"Head: {_origin(verdict.heads)}."]
    called = [row for row in verdict.times if row.call in OPEN]
    others = [row for row in verdict.times if row.call not in OPEN]
    sections = [f"### {escape(summary(verdict))}\n", bullets(map(escape, [*origins, *notes(verdict)]))]
    sections += [_table(table) for table in (cells.statistics(verdict.changed), cells.times(called)) if table.lines]
    if others:
        title = f"<summary>{len(others)} other times</summary>"
        sections.append(f"<details>{title}\n\n{_table(cells.times(others))}\n</details>\n")
    return "\n".join(sections)


def _origin(side: Sequence[Result]) -> str:
    """Which results, of which commit, on which processor."""
    names = " ".join(result.name for result in side)
    commits = " ".join(dict.fromkeys(result.commit[:10] for result in side if result.commit))
    return f"{names}, commit {commits or 'unknown'}, on {' and '.join(dict.fromkeys(map(processor, side)))}"


def _table(table: Cells) -> str:
    """A table in pipes; the titles of rows may hold anything."""
    lines = [(value, escape(title), *numbers) for value, title, *numbers in table.lines]
    return markdown.table(table.header, lines) + table.more
