"""The files of a run's figures: each in its formats, with its numbers and its caption."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from matplotlib import pyplot

from bench.drawing import style
from bench.drawing.render import FORMATS, render
from bench.markup import latex
from bench.report.sections.phrases import Tables
from bench.report.sections.ratios import ratio_latex
from bench.report.settings import Drawing

TEXTS = ("csv", "tex")  # beside each image: the numbers that it shows, and its caption
MAKER = "mcgrad-bench report, figure {}"  # written into each file: what carries it is ours to replace and to remove
RATIOS = "ratios"  # figures/ratios.tex is a table


def draw(name: str, figure: Any, tables: Tables, asked: Drawing) -> dict[str, bytes]:
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


def vectors(folder: Path, names: Iterable[str], files: Mapping[str, bytes], kept: Collection[str]) -> dict[str, bytes]:
    """The SVG of each figure that has one, new or kept, for the page to hold."""
    images = {name: f"{name}.svg" for name in names}
    found = {name: (folder / image).read_bytes() for name, image in images.items() if image in kept}
    return found | {name: files[image] for name, image in images.items() if image in files}


def ratios_table(tables: Tables) -> dict[str, bytes]:
    """The table of ratios for a paper; none where nothing was measured."""
    text = ratio_latex(tables)
    return {"tex": f"% {MAKER.format(RATIOS)}; needs \\usepackage{{booktabs}}\n{text}".encode()} if text else {}


def ours(folder: Path) -> set[str]:
    """The files that a report made; all others are the user's."""
    suffixes = {f".{suffix}" for suffix in (*FORMATS, *TEXTS)}
    return {path.name for path in folder.glob("*") if path.suffix in suffixes and path.is_file() and _made_here(path)}


def _made_here(path: Path) -> bool:
    """Whether a file says that a report made it, under this name; a CSV says so in its first column."""
    data = path.read_bytes()
    if path.suffix == ".csv":
        return data.startswith(b"figure,") and f"\n{path.stem},".encode() in data
    return MAKER.format(path.stem).encode() in data
