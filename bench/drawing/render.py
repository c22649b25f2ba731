"""A figure to the bytes of its files: no date and no version inside, so the same figure gives the same bytes."""

import io
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text

from bench.markup.mathematics import pieces

DIGITS = 9  # of places in a figure, as shares of its size


def render(figure: Figure, formats: Iterable[str], maker: str) -> dict[str, bytes]:
    """The figure as {format: bytes}, `maker` as the files' creator.

    Each canvas draws once; `savefig` would draw a second time only to measure.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # laid out once: the files cannot differ, and it is the slowest step
    for axes in figure.axes:  # the solver of the layout adds in any order: its last digits are not the same each time
        axes.set_position(np.round(axes.get_position(original=True).bounds, DIGITS).tolist())
    files, dpi = {}, figure.dpi
    for name in formats:
        files[name] = FORMATS[name](figure, maker)
        figure.dpi = dpi  # SVG and PDF leave their own behind
    return files


def _png(figure: Figure, maker: str) -> bytes:
    file = io.BytesIO()
    canvas: Any = FigureCanvasAgg(figure)  # matplotlib gives these methods no types
    options = {"compress_level": 3}  # a third of the time of the usual 6, for 7 % more bytes
    canvas.print_png(file, metadata={"Software": maker}, pil_kwargs=options)
    return file.getvalue()


def _svg(figure: Figure, maker: str) -> bytes:
    file = io.StringIO()
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(file, metadata={"Creator": maker, "Date": None})
    return file.getvalue().encode()


def _pdf(figure: Figure, maker: str) -> bytes:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf  # slow to import, seldom asked for

    file = io.BytesIO()
    canvas: Any = FigureCanvasPdf(figure)
    canvas.print_pdf(file, metadata={"Creator": maker, "Producer": None, "CreationDate": None})
    return file.getvalue()


def _pgf(figure: Figure, maker: str) -> bytes:
    r"""Drawing commands for \input in a document with pgf, in that document's font.

    The layout measures its text as PNG does, so no TeX program is needed (matplotlib's own canvas asks one for every
    word), and a wider font there may reach over the edge. An image inside becomes shapes, so one file is enough.
    """
    from matplotlib.backends.backend_pgf import RendererPgf  # likewise

    for text in figure.findobj(Text):
        if text.get_verticalalignment() == "center_baseline":  # the one that it cannot leave to TeX
            text.set_verticalalignment("center")
    file = io.StringIO()
    renderer: Any = RendererPgf(figure, file)  # type: ignore[no-untyped-call]
    canvas: Any = FigureCanvasAgg(figure)
    draw_text = renderer.draw_text

    def escaped(gc: Any, x: float, y: float, s: str, *arguments: Any, **options: Any) -> None:
        parts = (f"${piece}$" if is_formula else piece.replace("_", r"\_") for piece, is_formula in pieces(s))
        draw_text(gc, x, y, "".join(parts), *arguments, **options)

    renderer.get_text_width_height_descent = canvas.get_renderer().get_text_width_height_descent
    renderer.draw_text = escaped
    figure.draw(renderer)
    width, height = figure.get_size_inches()
    return (
        f"% {maker}: needs \\usepackage{{pgf}}\n"
        "\\begingroup%\n\\makeatletter%\n\\begin{pgfpicture}%\n"
        f"\\pgfpathrectangle{{\\pgfpointorigin}}{{\\pgfqpoint{{{width:f}in}}{{{height:f}in}}}}%\n"
        "\\pgfusepath{use as bounding box}%\n"
        f"{file.getvalue()}\\end{{pgfpicture}}%\n\\makeatother%\n\\endgroup%\n"
    ).encode()


FORMATS: dict[str, Callable[[Figure, str], bytes]] = {"png": _png, "svg": _svg, "pdf": _pdf, "pgf": _pgf}
