"""From the tables and the manifest of a run to its figures, index.html and report.md.

All is drawn in memory before the first file is touched, so a figure that fails leaves the earlier report as it is. The
same tables give the same bytes.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.registry import Registry
from bench.report import fork
from bench.report.images import RATIOS, draw, ours, ratios_table, vectors
from bench.report.page.build import page as web_page
from bench.report.sections import gallery
from bench.report.sections.agreement import agreement
from bench.report.sections.missing import missing
from bench.report.sections.origin import origin
from bench.report.sections.phrases import Tables
from bench.report.sections.question import question
from bench.report.sections.ratios import ratios
from bench.report.sections.timings import timings
from bench.report.sections.verdict import verdict
from bench.report.settings import Drawing
from bench.tables.files import write_all


def write(
    folder: Path,
    tables: Tables,
    manifest: Mapping[str, Any],
    registry: Registry,
    asked: Drawing | None = None,
    also: Mapping[str, str] | None = None,
) -> list[Path]:
    """Draw figures into folder/figures and write both reports; gives the files, report.md last.

    Unless told what is `asked`, the tables are new: all figures are drawn, and those of earlier tables go. Else what is
    not asked for stays. `also` these files of the folder are put in their places: all or, where there is no room, none.
    """
    anew, asked = asked is None, asked or Drawing()
    figures = registry.plugins["figure"]
    names = list(asked.figures or figures)
    drawn = fork.each(lambda name: draw(name, figures[name], tables, asked), names)
    made = dict(zip(names, drawn, strict=True))
    made[RATIOS] = made.get(RATIOS, {}) | ratios_table(tables)  # a figure may have this name
    files = {f"{name}.{suffix}": data for name, by in made.items() for suffix, data in by.items()}
    earlier = ours(folder / "figures") - set(files)
    empty = {name for name, by in made.items() if not by}
    known = {Path(file).stem for file in earlier} if asked.figures else set(made)
    kept = {file for file in earlier if not anew and Path(file).stem in known - empty}
    paths = [f"figures/{file}" for file in (*files, *sorted(kept))]
    shown = gallery.Gallery(figures, empty, paths, vectors(folder / "figures", figures, files, kept))
    page = "\n".join(
        (
            verdict(manifest),
            question(tables),
            ratios(tables, manifest),
            agreement(tables),
            gallery.figures(shown),
            timings(tables, manifest),
            missing(tables),
            origin(manifest),
            gallery.files(paths),
        )
    )
    web = web_page(tables, manifest, shown)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    contents: dict[str, str | bytes] = {f"figures/{name}": content for name, content in files.items()}
    contents |= {**(also or {}), "index.html": web, "report.md": page}
    write_all({folder / name: content for name, content in contents.items()})
    for file in sorted(earlier - kept):
        (folder / "figures" / file).unlink()
    return [*(folder / "figures" / name for name in files), folder / "index.html", folder / "report.md"]
