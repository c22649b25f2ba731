"""The figures with their captions, and the list of all files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bench.markup.markdown import bullets, escape
from bench.tables.contents import TABLES

IMAGES = ("png", "svg", "pdf", "pgf")  # the first is shown, if a page can show it; the second is what it links to
CONTENTS = {
    "index.html": "this report as a page for the browser, with an explorer and every row",
    **{f"{name}.csv": table.summary for name, table in TABLES.items()},
    "manifest.json": "resolved configuration, versions, machine, data and verdict",
}
EMPTY = "no measured row of the tables has what it shows (the reasons of missing rows are below)"


@dataclass(frozen=True, slots=True)
class Gallery:
    """The figures of a report: all that are `known`, those that are `empty`, the `paths` of all their files."""

    known: Mapping[str, Any]
    empty: Collection[str]
    paths: Sequence[str]
    vectors: Mapping[str, bytes]  # the SVG of those that have one

    def files(self, name: str) -> dict[str, str]:
        """The paths of a figure's files, by what they are called: SVG, CSV."""
        own = [path for path in self.paths if PurePosixPath(path).stem == name]
        return {PurePosixPath(path).suffix[1:].upper(): path for path in own}

    def missing(self, name: str) -> str:
        """Why there is no image of a figure; empty where there is one."""
        drawn = {suffix.upper() for suffix in IMAGES} & self.files(name).keys()
        return "" if drawn else f"Not drawn: {EMPTY if name in self.empty else 'not asked for'}."


def figures(shown: Gallery) -> str:
    """Every figure with its caption, or why it is not there: nothing to show, or not asked for so far."""
    text = "## Figures\n"
    for name, figure in shown.known.items():
        title, caption = escape(figure.title), escape(figure.caption)
        images = [path for path in (f"figures/{name}.{suffix}" for suffix in IMAGES) if path in shown.paths]
        if not images:
            body = shown.missing(name)
        elif images[0].endswith((".png", ".svg")):
            body = f"[![{title}]({images[0]})]({images[:2][-1]})\n\n{caption}"
        else:
            body = f"[{escape(images[0])}]({images[0]})\n\n{caption}"
        text += f"\n### {title}\n\n{body}\n"
    return text


def files(paths: Sequence[str]) -> str:
    """What lies beside the report."""
    tables = [f"[{name}]({name}): {content}" for name, content in CONTENTS.items()]
    return "## Files\n\n" + bullets(tables + [f"[{escape(path)}]({path})" for path in paths])
