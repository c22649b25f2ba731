"""From the tables and the manifest of a run to its figures, index.html and report.md.

All is drawn in memory before the first file is touched, so a figure that fails leaves the earlier report as it is. The
same tables give the same bytes.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib import pyplot

from bench.config.settings import finished_run
from bench.drawing import style
from bench.drawing.render import FORMATS, render
from bench.errors import BadInput
from bench.markup import latex
from bench.registry import Registry
from bench.report import fork, settings
from bench.report.page.build import page as web_page
from bench.report.sections import gallery
from bench.report.sections.agreement import agreement
from bench.report.sections.origin import missing, origin
from bench.report.sections.ratios import ratio_latex, ratio_table, ratios
from bench.report.sections.timings import timings
from bench.report.sections.verdict import question, verdict
from bench.report.sections.words import Tables
from bench.report.settings import Drawing
from bench.tables import integrity, schema

__all__ = ["ratio_table", "run", "write"]

TEXTS = ("csv", "tex")  # beside each image: the numbers that it shows, and its caption
MAKER = "mcgrad-bench report, figure {}"  # written into each file: what carries it is ours to replace and to remove
RATIOS = "ratios"  # figures/ratios.tex is a table


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Redraw the report of output/name from its tables alone."""
    asked = settings.check(config, registry)
    folder = finished_run(config["output"], config["name"])
    manifest = integrity.check(folder)
    try:
        verdict(manifest)
        origin(manifest)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"cannot read {folder / 'manifest.json'}: {error!r}; run the sweep again") from error
    try:
        *_, last = write(folder, schema.read(folder), manifest, registry, asked)
    except OSError as error:
        raise BadInput(f"output: cannot write to {str(folder)!r}: {error.strerror}; give a writable folder") from error
    print(f"report: {last}")
    return 0


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
    drawn = fork.each(lambda name: _draw(name, figures[name], tables, asked), names)
    made = dict(zip(names, drawn, strict=True))
    made[RATIOS] = made.get(RATIOS, {}) | _ratios(tables)  # a figure may have this name
    files = {f"{name}.{suffix}": data for name, by in made.items() for suffix, data in by.items()}
    earlier = _ours(folder / "figures") - set(files)
    empty = {name for name, by in made.items() if not by}
    known = {Path(file).stem for file in earlier} if asked.figures else set(made)
    kept = {file for file in earlier if not anew and Path(file).stem in known - empty}
    paths = [f"figures/{file}" for file in (*files, *sorted(kept))]
    shown = gallery.Gallery(figures, empty, paths, _vectors(folder / "figures", figures, files, kept))
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
    schema.write_all({folder / name: content for name, content in contents.items()})
    for file in sorted(earlier - kept):
        (folder / "figures" / file).unlink()
    return [*(folder / "figures" / name for name in files), folder / "index.html", folder / "report.md"]


def _draw(name: str, figure: Any, tables: Tables, asked: Drawing) -> dict[str, bytes]:
    """The files of a figure by suffix; none where the tables hold nothing for it."""
    maker = MAKER.format(name)
    with style.context(asked.style):
        drawn = figure.draw(tables)
        if drawn is None:
            return {}
        try:
            note = " ".join(drawn.get_suptitle().split())
            if not asked.style.note:
                drawn.suptitle("")
            files = render(drawn, [suffix for suffix in FORMATS if suffix in asked.formats], maker)
        finally:
            pyplot.close(drawn)  # a user's figure may come from pyplot, which would keep it
    words = f"{figure.caption} Shown: {note}." if note else figure.caption
    files["tex"] = f"% {maker}\n{latex.caption(f'fig:{name}', figure.title, words)}".encode()
    if shown := figure.select(tables):
        numbers = shown.frame.drop(columns="schema").assign(figure=name).set_index("figure")
        files["csv"] = numbers.to_csv(lineterminator="\n").encode()
    return files


def _vectors(folder: Path, names: Iterable[str], files: Mapping[str, bytes], kept: Collection[str]) -> dict[str, bytes]:
    """The SVG of each figure that has one, new or kept, for the page to hold."""
    images = {name: f"{name}.svg" for name in names}
    found = {name: (folder / image).read_bytes() for name, image in images.items() if image in kept}
    return found | {name: files[image] for name, image in images.items() if image in files}


def _ratios(tables: Tables) -> dict[str, bytes]:
    """The table of ratios for a paper; none where nothing was measured."""
    text = ratio_latex(tables)
    return {"tex": f"% {MAKER.format(RATIOS)}; needs \\usepackage{{booktabs}}\n{text}".encode()} if text else {}


def _ours(folder: Path) -> set[str]:
    """The files that a report made; all others are the user's."""
    suffixes = {f".{suffix}" for suffix in (*FORMATS, *TEXTS)}
    return {path.name for path in folder.glob("*") if path.suffix in suffixes and path.is_file() and _made_here(path)}


def _made_here(path: Path) -> bool:
    """Whether a file says that a report made it, under this name; a CSV says so in its first column."""
    data = path.read_bytes()
    if path.suffix == ".csv":
        return data.startswith(b"figure,") and f"\n{path.stem},".encode() in data
    return MAKER.format(path.stem).encode() in data
