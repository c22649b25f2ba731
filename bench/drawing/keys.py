"""What the marks of a figure of curves mean: names beside the curves where there are few, and a legend."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from bench.drawing import choices, direct, emphasis, sides, style, words
from bench.drawing.description import Curves
from bench.drawing.direct import Taken
from bench.drawing.palette import look
from bench.markup.mathematics import letters
from bench.spec import Floats

FEW = 3  # curves that are named where they lie
BESIDE = 7  # letters of the mark beside a name
LEGEND_LINES, LINE_HEIGHT = 4, 0.15  # that a figure has space for; inches that another one adds
# What the line of a curve is; between points alone there is none.
EXACT, JOINED, THROUGH, POINTS = "line: exact", "thin line: joins exact values", "through points", "no line"
WIDTHS = {EXACT: 1.0, JOINED: 0.5, THROUGH: 0.5}
Handle = Line2D | Patch
INSIDE: Mapping[str, Any] = {"loc": "best", "borderpad": 0.1, "labelspacing": 0.2, "handletextpad": 0.1}


class Drawn(NamedTuple):
    """A panel with the vertices [m, 2] of its curves in colour, by name, and the kinds of its lines."""

    axes: Axes
    lines: Mapping[str, Floats]
    kinds: frozenset[str]


def explain(figure: Figure, drawn: Sequence[Drawn], frame: pd.DataFrame, curves: Curves, names: Sequence[str]) -> None:
    """Name the curves `names` and all other marks, in the way that is chosen, or else in that which has room."""
    way = choices.current().legend
    if way == "none":
        return
    marks = _marks(figure, drawn, frame, curves, names)
    handles = {name: _handle(name) for name in names}
    if way == "inside":
        legend(figure, marks)
        _inside(figure, [panel.axes for panel in drawn], [*handles.values()])
        return
    below = [] if way == "direct" or (way is None and len(names) <= FEW) else list(names)
    said = sides.names(curves.reference, list(frame[curves.by].unique())) if curves.reference else None
    shaded: list[Handle] = []
    while True:  # what finds no place goes to the legend, which moves everything else: at most three times
        legend(figure, [*(handles[name] for name in below), *marks, *shaded])
        figure.draw_without_rendering()  # places of words are known from here on
        taken = [Taken(panel.axes) for panel in drawn]
        beside = {name: _beside(taken, drawn, name) for name in names if name not in below}
        missing = [name for name, text in beside.items() if text is None]
        sided = sides.name(taken[0], *said) if said and not shaded else []
        if not missing and (sided or shaded or not said):
            return
        for artist in [*sided, *filter(None, beside.values()), *figure.legends]:
            artist.remove()
        if missing:
            below = [name for name in names if name in below or name in missing or way != "direct"]
        else:
            shaded = [Patch(color=sides.SHADE, label=f"shaded: {said[1]}")] if said else []


def _inside(figure: Figure, panels: Sequence[Axes], handles: Sequence[Handle]) -> None:
    """A legend in the panel where it hides the least."""
    legends = [axes.legend(handles=list(handles), **INSIDE) for axes in panels]
    figure.draw_without_rendering()
    hidden = [Taken(axes).hidden_by(box.get_window_extent()) for axes, box in zip(panels, legends, strict=True)]
    for place, box in enumerate(legends):
        if place != hidden.index(min(hidden)):
            box.remove()


def _beside(taken: Sequence[Taken], drawn: Sequence[Drawn], name: str) -> Text | None:
    """The name of a curve, in the first panel that has a place for it."""
    places = (
        direct.beside_curve(panel, there.lines[name], words.label(name), look(name).colour)
        for panel, there in zip(taken, drawn, strict=True)
        if name in there.lines
    )
    return next(filter(None, places), None)


def _handle(name: str) -> Line2D:
    seen, size = look(name), style.scaled_to_line(3.5)
    return Line2D([], [], color=seen.colour, marker=seen.marker, label=words.label(name), markersize=size, linewidth=0)


def _marks(
    figure: Figure, drawn: Sequence[Drawn], frame: pd.DataFrame, curves: Curves, names: Sequence[str]
) -> list[Handle]:
    """The kinds of marks that there are."""
    dash: dict[str, Any] = {"linestyle": "--", "linewidth": style.scaled_to_line(0.8)}
    size = style.scaled_to_line(3.5)
    handles: list[Handle] = []
    if others := frame[curves.by].nunique() - len(names):
        handles.append(
            Line2D([], [], color=emphasis.FAINT, label=f"{others} others", linewidth=style.scaled_to_line(0.6))
        )
    there = frozenset[str]().union(*(panel.kinds for panel in drawn))
    for kind in (kind for kind in (EXACT, JOINED) if kind in there):
        width = style.scaled_to_line(WIDTHS[kind])
        handles.append(Line2D([], [], color=style.GREY, label=kind, linewidth=width))
    handles += _of_intervals(figure, drawn, frame, curves)
    status = frame["status"].fillna("ok") if "status" in frame else pd.Series(dtype=str)
    if (unsettled := status[(status != "ok") & frame[curves.y].notna()]).any():
        label = f"hollow: {', '.join(unsettled.unique())}"
        hollow: dict[str, Any] = {"marker": "o", "markerfacecolor": "white", "markersize": size, "linewidth": 0}
        handles.append(Line2D([], [], color=style.GREY, label=label, **hollow))
    if curves.orders:
        orders = ", ".join(f"$1/K^{order}$" if order > 1 else "$1/K$" for order in curves.orders)
        handles.append(Line2D([], [], color=style.GREY, label=orders, **dash))
    return handles


def _of_intervals(figure: Figure, drawn: Sequence[Drawn], frame: pd.DataFrame, curves: Curves) -> list[Handle]:
    """Whether intervals are seen: one that is shorter than a marker is not."""
    low, high = (frame[f"{curves.y}_{end}"].to_numpy(float) for end in ("low", "high"))
    finite = np.isfinite(low) & np.isfinite(high) & (low > 0)
    if not finite.any() or not drawn:
        return []
    bottom, top = drawn[0].axes.get_ylim()
    decades = np.log10(high[finite] / low[finite]).max() / np.log10(top / bottom)
    tall = 72 * drawn[0].axes.get_position().height * figure.get_figheight()
    if decades * tall > math.sqrt(style.scaled_to_area(style.SIZE)):
        bar: dict[str, Any] = {"marker": "|", "markersize": style.scaled_to_line(6.0), "linewidth": 0}
        return [Line2D([], [], color=style.GREY, label="bar: 95 % interval", **bar)]
    dot: dict[str, Any] = {"marker": "o", "markersize": style.scaled_to_line(3.5), "linewidth": 0}
    return [Line2D([], [], color=style.GREY, label="intervals within markers", **dot)]


def legend(figure: Figure, handles: Sequence[Handle], length: float | None = None) -> None:
    """One legend under all panels, in as many columns as fit; the figure grows where it needs more lines than usual."""
    if not handles:
        return
    room, widths = style.letters_that_fit(67), [letters(str(handle.get_label())) + BESIDE for handle in handles]
    fitting = (deep for deep in range(1, len(handles)) if sum(_columns(widths, deep)) <= room)
    deep = next(fitting, len(handles))
    across = math.ceil(len(handles) / deep)
    figure.legend(
        handles=list(handles), loc="outside lower center", ncols=across, columnspacing=1.5, handlelength=length
    )
    if choices.current().height is None:
        figure.set_figheight(figure.get_figheight() + style.scaled_to_font(LINE_HEIGHT) * max(0, deep - LEGEND_LINES))


def _columns(widths: Sequence[int], deep: int) -> list[int]:
    """How wide each column of a legend is, in letters, with so many entries in each."""
    return [max(widths[start : start + deep]) for start in range(0, len(widths), deep)]
