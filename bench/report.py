"""From the tables and the manifest of a run to its figures, index.html and report.md.

All is drawn in memory before the first file is touched, so a figure that fails leaves the earlier report as it is. The
same tables give the same bytes.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib import pyplot

from bench import style, table
from bench.checks import text
from bench.errors import BadInput, unknown
from bench.page.build import page as web_page
from bench.registry import Registry
from bench.sections.agreement import agreement
from bench.sections.markdown import bullets, escape
from bench.sections.origin import missing, origin
from bench.sections.ratios import ratio_table, ratios
from bench.sections.timings import timings
from bench.sections.verdict import question, verdict
from bench.sections.words import Tables
from bench.settings import run_name

__all__ = ["ratio_table", "run", "write"]

MAKER = "mcgrad-bench report, figure {}"  # written into each image: what carries it is ours to replace and to remove
CONTENTS = {
    "index.html": "this report as a page for the browser, with an explorer and every row",
    "statistics.csv": "gradients and variances of every estimator, parameter and cell, measured and exact",
    "ratios.csv": "variance ratios to pathwise, measured and exact",
    "timings.csv": "time per estimate, bound to the machine",
    "efficiency.csv": "variance ratio times time ratio",
    "manifest.json": "resolved configuration, versions, machine, data and verdict",
}


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Redraw the report of output/name from its tables alone."""
    folder = Path(text("output", config["output"])) / run_name(config["name"])
    if not (folder / "manifest.json").is_file():
        known = sorted(path.parent.name for path in folder.parent.glob("*/manifest.json"))
        raise unknown("run", config["name"], known or [f"none in {str(folder.parent)!r}; run a sweep first"])
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        verdict(manifest)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"cannot read {folder / 'manifest.json'}; run the sweep again") from error
    try:
        *_, last = write(folder, table.read(folder), manifest, registry)
    except OSError as error:
        raise BadInput(f"output: cannot write to {str(folder)!r}: {error.strerror}; give a writable folder") from error
    print(f"report: {last}")
    return 0


def write(folder: Path, tables: Tables, manifest: Mapping[str, Any], registry: Registry) -> list[Path]:
    """Draw every registered figure into folder/figures and write both reports; gives the files, report.md last."""
    figures = registry.plugins["figure"]
    images = {name: _draw(name, figure, tables) for name, figure in figures.items()}
    files = {f"figures/{name}.{suffix}": data for name, image in images.items() for suffix, data in image.items()}
    page = "\n".join(
        (
            verdict(manifest),
            question(tables),
            ratios(tables, manifest),
            agreement(tables),
            _figures(figures, images),
            timings(tables, manifest),
            missing(tables),
            origin(manifest),
            _files(files),
        )
    )
    web = web_page(tables, manifest, figures, images, CONTENTS)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        table.write(folder / name, content)
    table.write(folder / "index.html", web)
    table.write(folder / "report.md", page)
    _remove_stale(folder / "figures", {Path(name).name for name in files})
    return [folder / name for name in (*files, "index.html", "report.md")]


def _draw(name: str, figure: Any, tables: Tables) -> dict[str, bytes]:
    """The image files of a figure by suffix; none where the tables hold nothing for it."""
    with style.context():
        drawn = figure.draw(tables)
        if drawn is None:
            return {}
        try:
            return style.render(drawn, MAKER.format(name))
        finally:
            pyplot.close(drawn)  # a user's figure may come from pyplot, which would keep it


def _figures(figures: Mapping[str, Any], images: Mapping[str, Any]) -> str:
    """Every figure with its caption, or why it is not there."""
    text = "## Figures\n"
    for name, figure in figures.items():
        title, caption = escape(figure.title), escape(figure.caption)
        body = f"[![{title}](figures/{name}.png)](figures/{name}.svg)\n\n{caption}"
        if not images[name]:
            body = "Not drawn: no measured row of the tables has what it shows (the reasons of missing rows are below)."
        text += f"\n### {title}\n\n{body}\n"
    return text


def _files(files: Mapping[str, bytes]) -> str:
    links = [f"[{name}]({name}): {content}" for name, content in CONTENTS.items()]
    return "## Files\n\n" + bullets(links + [f"[{escape(name)}]({name})" for name in files])


def _remove_stale(folder: Path, current: set[str]) -> None:
    """Delete the images that an earlier report made and this one does not have; all other files stay."""
    for path in sorted(folder.iterdir()):
        ours = path.suffix in (".png", ".svg") and MAKER.format(path.stem).encode() in path.read_bytes()
        if ours and path.name not in current:
            path.unlink()
