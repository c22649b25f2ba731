"""The figures with their captions, and the list of all files."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from bench.markup.blocks import Block, Bullets, Figure, Heading, Link, Paragraph, Text
from bench.markup.mathematics import plain
from bench.report.sections.phrases import Tables, caption_for
from bench.tables.along import FIGURES
from bench.tables.contents import TABLES

IMAGES = ("png", "svg", "pdf", "pgf")  # the first is shown, if a page can show it; the second is what it links to
ON_REQUEST: Mapping[str, Sequence[str]] = {"exact": FIGURES, "draws": ("gradient_draws",)}
REPEATS = ("efficiency_map_evaluations",)  # the ratios of variances, where evaluations do not differ
EMPTY = "no measured row of the tables has what it shows, or its axis has one value"
FAILED = "its plug-in failed"


def gallery(
    plugins: Mapping[str, Any],
    tables: Tables,
    undrawn: Mapping[str, str],
    paths: Sequence[str],
    vectors: Mapping[str, bytes],
) -> list[Figure]:
    """A figure for each plug-in, with its files among `paths`; or why it is `undrawn`."""
    figures = []
    for name, plugin in plugins.items():
        images = [path for path in (f"figures/{name}.{suffix}" for suffix in IMAGES) if path in paths]
        reason = undrawn.get(name, "not asked for")
        caption = plain(caption_for(plugin.caption, tables)) if images else f"Not drawn: {reason}."
        figures.append(
            Figure(name, plain(plugin.title), caption, images, files_of(name, paths), vectors.get(name, b""))
        )
    return figures


def files_of(name: str, paths: Sequence[str]) -> list[Link]:
    """Links to the files of a name, called what they are: SVG, CSV."""
    return [Link(PurePosixPath(path).suffix[1:].upper(), path) for path in paths if PurePosixPath(path).stem == name]


def figures(gallery: Sequence[Figure]) -> list[Block]:
    """Every figure with its caption, then which are not there and why: nothing to show, or not asked for so far."""
    undrawn: dict[str, list[str]] = {}
    for figure in gallery:
        if not figure.images:
            undrawn.setdefault(figure.caption.removesuffix("."), []).append(figure.title)
    left = [Paragraph(f"{why}: {'; '.join(titles)}.") for why, titles in undrawn.items()]
    return [Heading(2, "Figures"), *(figure for figure in gallery if figure.images), *left]


def asked(gallery: Sequence[Figure], tables: Tables) -> list[Figure]:
    """The figures of a sweep; those along an axis, and that of single draws, where it was asked for any.

    One that would repeat another is left out where it is not drawn.
    """
    unasked = {name for table, names in ON_REQUEST.items() if table not in tables for name in names}
    unasked |= {figure.name for figure in gallery if figure.name in REPEATS and not figure.images}
    return [figure for figure in gallery if figure.name not in unasked]


def drawn(gallery: Sequence[Figure]) -> list[Figure]:
    """The figures that have images, and those whose plug-in failed: others are of a fit of another kind."""
    return [figure for figure in gallery if figure.images or FAILED in figure.caption]


def contents(tables: Tables) -> dict[str, str]:
    """The files of a run with these tables, and what each holds."""
    return {
        "index.html": "this report as a page for the browser, with an explorer and every row",
        **{f"{name}.csv": TABLES[name].summary for name in tables},
        "manifest.json": "resolved configuration, versions, machine, data and verdict",
    }


def files(tables: Tables, paths: Sequence[str]) -> list[Block]:
    """What lies beside the report."""
    lines: list[Text] = [(Link(name, name), f": {content}") for name, content in contents(tables).items()]
    return [Heading(2, "Files"), Bullets([*lines, *((Link(path, path),) for path in paths)])]
