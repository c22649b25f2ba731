"""From the tables and the manifest of a run to the files of its report: figures, index.html and report.md.

All is made in memory, so a figure that fails leaves an earlier report of the same tables as it is; that of new ones
does without a figure of a user's that fails. The same tables give the same bytes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.config.checks import bad
from bench.drawing import words
from bench.errors import BadInput
from bench.faults import reason
from bench.markup import markdown
from bench.registry import Registry
from bench.report import fork, images
from bench.report.contents import contents
from bench.report.page.build import page
from bench.report.sections.gallery import EMPTY, FAILED, gallery
from bench.report.sections.phrases import Tables
from bench.report.settings import Apart, Drawing
from bench.spec import Figure
from bench.tables.manifest import kind_told

PAGES = ("index.html", "report.md")
PATIENCE_S = 120  # for a figure of a user's


@dataclass(frozen=True, slots=True)
class Report:
    """The files of a report by their paths in the folder of the run; those of an earlier one that go, and that stay.

    With the first failure of a figure that it does without.
    """

    files: Mapping[str, bytes]
    stale: Sequence[str]
    staying: Sequence[str] = ()
    failure: BadInput | None = None


@dataclass(frozen=True, slots=True)
class Images:
    """New files of figures; the names of the figures that had nothing to show, and those that failed."""

    files: Mapping[str, bytes]
    empty: Set[str]
    failed: Mapping[str, BadInput]


def new_report(folder: Path, tables: Tables, manifest: Mapping[str, Any], registry: Registry) -> Report:
    """The report of new tables: all figures are drawn, and the files of earlier ones go."""
    with words.context(registry, manifest):
        new = _draw(tables, _of_kind(registry, manifest), registry, Drawing())
        files = _files(folder, tables, manifest, registry, new, set())
    stale = images.ours(folder / "figures").difference(new.files)
    return Report(files, _paths(sorted(stale)), failure=next(iter(new.failed.values()), None))


def redrawn_report(
    folder: Path, tables: Tables, manifest: Mapping[str, Any], registry: Registry, drawing: Drawing
) -> Report:
    """The report of tables that have one: what is drawn replaces earlier files, and what was not asked for stays.

    A figure that has nothing to show any more goes.
    """
    with words.context(registry, manifest):
        new = _draw(tables, _of_kind(registry, manifest, _asked(drawing)), registry, drawing)
        for failure in new.failed.values():
            raise failure
        earlier = images.ours(folder / "figures").difference(new.files)
        stale = {file for file in earlier if Path(file).stem in new.empty}
        files = _files(folder, tables, manifest, registry, new, earlier - stale)
    return Report(files, _paths(sorted(stale)), _paths(sorted(earlier - stale)))


def _asked(drawing: Drawing) -> list[str]:
    """The names of the figures that are asked for, not of their files."""
    return [drawing.apart[name].figure if name in drawing.apart else name for name in drawing.figures or ()]


def report_in(folder: Path) -> list[str]:
    """The files of the report that a folder holds, by their paths in it."""
    return [name for name in PAGES if (folder / name).is_file()] + _paths(sorted(images.ours(folder / "figures")))


def _of_kind(registry: Registry, manifest: Mapping[str, Any], names: Iterable[str] = ()) -> dict[str, Figure]:
    """The figures for the kind of a run; BadInput where one of the names is of another kind."""
    kind = kind_told(manifest)
    plugins = {name: plugin for name, plugin in registry.plugins["figure"].items() if plugin.kind == kind}
    for name in names:
        if name not in plugins:
            raise bad("figures", name, f"figures of a {kind}, which this run is: {', '.join(plugins)}")
    return plugins


def _draw(tables: Tables, plugins: Mapping[str, Figure], registry: Registry, drawing: Drawing) -> Images:
    """Those of the figures that are asked for, and the table of ratios for a paper."""
    users = {name: file for (kind, name), file in registry.files.items() if kind == "figure"}
    names = list(drawing.figures or plugins)

    def draw(name: str) -> dict[str, bytes]:
        apart = drawing.apart.get(name, Apart(name, drawing))
        return images.draw(name, plugins[apart.figure], tables, apart.drawing)

    origin = {name: users.get(drawing.apart[name].figure if name in drawing.apart else name) for name in names}
    ours = [name for name in names if not origin[name]]
    drawn = dict(zip(ours, fork.each(draw, ours), strict=True))
    failed: dict[str, BadInput] = {}
    for name, file in ((name, file) for name, file in origin.items() if file):
        try:
            drawn[name] = _drawn_apart(draw, name, file)
        except BadInput as error:
            failed[name] = error
    by_name = {name: drawn[name] for name in names if name in drawn}
    by_name[images.RATIOS] = by_name.get(images.RATIOS, {}) | images.ratios_table(tables)  # a figure may have this name
    files = {f"{name}.{suffix}": data for name, by_suffix in by_name.items() for suffix, data in by_suffix.items()}
    empty = {name for name, by_suffix in by_name.items() if not by_suffix}
    return Images(files, empty, failed)


def _drawn_apart(draw: Callable[[str], dict[str, bytes]], name: str, file: str) -> dict[str, bytes]:
    """The files of a figure of a user's; BadInput with its file wherever it fails: text fails only where it is set."""

    def work(name: str) -> dict[str, bytes]:
        try:
            return draw(name)
        except BadInput:
            raise
        except (Exception, SystemExit) as error:
            raise BadInput(f"plugins: {file}: the figure {name} cannot be drawn: {reason(error)}") from error

    drawn = fork.alone(work, name, PATIENCE_S)
    if drawn is None:
        raise BadInput(
            f"plugins: {file}: the figure {name} ends the process, or takes more than {PATIENCE_S} s; "
            "allowed: to return"
        )
    return drawn


def _files(
    folder: Path, tables: Tables, manifest: Mapping[str, Any], registry: Registry, new: Images, earlier: Set[str]
) -> dict[str, bytes]:
    """The files to write; the page and report.md show the new images and the earlier ones that stay."""
    plugins = _of_kind(registry, manifest)
    paths = _paths(new.files) + _paths(sorted(earlier))
    vectors = images.vectors(folder / "figures", plugins, new.files, earlier)
    undrawn = dict.fromkeys(new.empty, EMPTY) | dict.fromkeys(new.failed, FAILED)
    figures = gallery(plugins, tables, undrawn, paths, vectors)
    document = contents(tables, manifest, figures, paths)
    files = {f"figures/{file}": data for file, data in new.files.items()}
    files["index.html"] = page(tables, manifest, document, paths).encode()
    files["report.md"] = markdown.render(document.blocks()).encode()
    return files


def _paths(files: Iterable[str]) -> list[str]:
    return [f"figures/{file}" for file in files]
