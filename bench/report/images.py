"""The files of a run's figures: each in its formats, with its numbers and its caption."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from matplotlib import pyplot
from matplotlib.figure import Figure as Canvas

from bench.config.checks import bad
from bench.drawing import choices, style
from bench.drawing.finish import finish, least_height
from bench.drawing.render import FORMATS, render
from bench.errors import BadInput
from bench.markup import latex
from bench.report import wishes
from bench.report.sections.formulas import stated
from bench.report.sections.phrases import Tables, caption_for
from bench.report.sections.ratios import ratio_latex
from bench.report.settings import Drawing
from bench.spec import Figure, Slice

TEXTS = ("csv", "tex")  # beside each image: the numbers that it shows, and its caption
MAKER = "mcgrad-bench report, figure {}"  # written into each file: what carries it is ours to replace and to remove
LEAST_PANEL = 0.35  # inches of height beside text of 7 points
RATIOS = "ratios"  # figures/ratios.tex is a table


def draw(name: str, figure: Figure, tables: Tables, drawing: Drawing) -> dict[str, bytes]:
    """The files of a figure by suffix; none where the tables hold nothing for it."""
    wishes.require_there(tables, drawing.choices)
    with choices.context(drawing.choices) as read:
        selection = selected(name, figure, choices.cut(tables, drawing.choices))
        if selection is None:
            if drawing.choices.where or drawing.choices.estimators:
                raise BadInput(f"where, estimators: the run has nothing there that the figure {figure.name} shows")
            return {}
        numbers = _csv(name, selection)
        images, sentence = _images(name, figure, selection, drawing)
    for key in ("along", "panels"):
        if (value := getattr(drawing.choices, key)) is not None and key not in read:
            raise bad(key, value, f"null for the figure {figure.name}, which does not read it")
    said = " ".join(filter(None, (caption_for(figure.caption, tables), sentence, stated(selection.frame))))
    tex = f"% {MAKER.format(name)}\n{latex.caption(f'fig:{name}', figure.title, said)}"
    return images | {"tex": tex.encode()} | numbers


def selected(name: str, figure: Figure, tables: Tables) -> Slice | None:
    """The slice of the tables that a figure shows; None where they hold nothing for it."""
    selection = figure.select({table: frame.copy(deep=False) for table, frame in tables.items()})
    if not isinstance(selection, Slice | None):
        raise BadInput(
            f"figure {name}: select gives a {type(selection).__name__}; allowed: a Slice of bench.spec, or None"
        )
    return selection


def canvas(name: str, figure: Figure, selection: Slice) -> Canvas:
    """The figure of a slice in the present style; pyplot, which a user's figure may come from, does not keep it."""
    drawn = figure.draw(selection)
    if not isinstance(drawn, Canvas):
        raise BadInput(f"figure {name}: draw gives a {type(drawn).__name__}; allowed: a matplotlib Figure")
    pyplot.close(drawn)
    return drawn


def _images(name: str, figure: Figure, selection: Slice, drawing: Drawing) -> tuple[dict[str, bytes], str]:
    """The image files of a figure by suffix, and what it shows in sentences."""
    with style.context(drawing.style):
        drawn = canvas(name, figure, selection)
        note = " ".join(drawn.get_suptitle().split())
        sentence = str(drawn.get_label()) or (f"Shown: {note}." if note else "")
        if not drawing.style.note:
            drawn.suptitle("")
        finish(drawn)
        formats = [suffix for suffix in FORMATS if suffix in drawing.formats]
        files = render(drawn, formats, MAKER.format(name))
        if drawing.choices.height is not None and least_height(drawn) < (least := style.scaled_to_font(LEAST_PANEL)):
            raise bad(
                "height", drawing.choices.height, f"more: a panel of {name} needs {least:.2g} inches, beside its text"
            )
        return files, sentence


def _csv(name: str, selection: Slice) -> dict[str, bytes]:
    """The rows that a figure shows, its name in their first column; none for a slice without rows."""
    if selection.frame.empty:
        return {}
    rows = selection.frame.drop(columns="schema", errors="ignore").assign(figure=name).set_index("figure")
    return {"csv": rows.to_csv(lineterminator="\n").encode()}


def vectors(
    folder: Path, names: Iterable[str], files: Mapping[str, bytes], earlier: Collection[str]
) -> dict[str, bytes]:
    """The SVG of each figure that has one, new or of an earlier report, for the page to hold."""
    images = {name: f"{name}.svg" for name in names}
    old = {name: (folder / image).read_bytes() for name, image in images.items() if image in earlier}
    return old | {name: files[image] for name, image in images.items() if image in files}


def ratios_table(tables: Tables) -> dict[str, bytes]:
    """The table of ratios for a paper; none where nothing was measured."""
    text = ratio_latex(tables) if "ratios" in tables else ""
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
