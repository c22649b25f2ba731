"""Learning curves: the gap above the least F, or F itself where none is known, against what it cost to get there.

Lines are medians over replicates, bands hold those between the 10 % and the 90 % quantiles. More than a few bands over
each other are fog, and are left out. Dashed lines are where theory lets the mean gap rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bench import spec
from bench.drawing import learners, strands, style, words
from bench.drawing.axes import label_outer, log_limits, log_ticks
from bench.drawing.panels import Panel
from bench.drawing.strands import Strand
from bench.markup import numbers
from bench.spec import Floats, Slice
from bench.tables.curves import LEARNER

HEIGHT = 1.35  # inches of a row of panels, beside text of 7 points
HIGHEST = 30.0  # times the largest gap at the start: what is above leaves the panel
LOWEST = 1e-12  # of it
MARKS = 6  # on a curve
DASH = 4.0  # widths of a line
MOST_BANDS, FAINT = 4, 0.18
LABELS = {"gap": "gap above the least $F$", "loss": "$F$", "step_variance": "variance of the gradient"}


@dataclass(frozen=True, slots=True)
class Along:
    """The x axis: a column of curves.csv, and its label; logarithmic unless it is of steps; with theory's floors?

    Of the `quantities` the first that is known is drawn; all but the loss are above 0, on a logarithmic scale.
    """

    column: str
    label: str
    log: bool = True
    floors: bool = False
    quantities: tuple[str, ...] = ("gap", "loss")

    @property
    def shown(self) -> list[str]:
        """The columns of the quantities."""
        return [f"{name}{end}" for name in self.quantities for end in ("", "_low", "_high")]


def figure(name: str, title: str, against: str, along: Along) -> spec.Figure:
    """The figure of the curves along an axis; `against` ends its caption."""
    what = (
        "The variance of the gradient that a step is taken with, by the free numbers and added up over them"
        if "loss" not in along.quantities
        else "{F} at the parameters of each replicate, as its gap above the least F where one is known"
    )
    caption = (
        f"{what}: medians over replicates with the band between their 10 % and 90 % quantiles (left out where there "
        f"are more than four estimators), against {against}"
    )
    return spec.Figure(name, title, caption, partial(select, along=along), partial(draw, along=along), "fit")


def select(tables: Mapping[str, pd.DataFrame], along: Along) -> Slice | None:
    """All points of the curves, the start included; None where none of them has a place along the axis."""
    frame = tables["curves"]
    frame = frame[frame["objective"] != "vae"]  # whose loss is of held-out digits, in figures of its own
    placed = frame[np.isfinite(frame[along.column].astype(float)) & frame["loss"].notna()]
    starts = placed["loss"].where(placed["step"] == 0, np.inf).astype(float)
    begun = starts.groupby([placed[name] for name in LEARNER], dropna=False, sort=False).transform("min")
    rows = placed[np.isfinite(begun)]  # where F overflows at the start there is no scale
    columns = [*LEARNER, *dict.fromkeys(("step", along.column)), *along.shown]
    if not (rows[along.column] > 0).any():
        return None
    if not along.floors or "theory" not in tables:
        return Slice(rows[columns], hidden=len(placed) - len(rows))
    floors = tables["theory"][[*LEARNER, "floor"]]
    merged = rows[columns].merge(floors, on=[*LEARNER], how="left", validate="many_to_one")
    return Slice(merged, hidden=len(placed) - len(rows))


def draw(selection: Slice, along: Along) -> Figure:
    """A panel for each setting, a curve and a band for each estimator, or each treatment of the entropy with it."""
    frame, along = _in_a_unit(selection.frame, along)
    frame, several = strands.strands(frame, "step", [*along.shown, *(["floor"] if "floor" in frame else [])])
    together = ["entropy"] if any(strand.entropies for strand in several) else []
    figure, panels = learners.panels(replace(selection, frame=frame), HEIGHT, together, also=strands.note(several))
    floors, crosses = False, False
    for panel in panels:
        measured = [name for name in along.quantities if panel.row[name].notna().any()]
        quantity = measured[0] if measured else along.quantities[-1]
        limits = _scales(panel, frame, quantity, along)
        lines = {strand: rows.sort_values("step") for strand, rows in panel.frame.groupby("strand")}
        for i, rows in lines.items():
            crosses |= _curve(panel.axes, rows, quantity, along, several[i], (i / len(several), len(several)), limits)
        if quantity == "gap":
            floors |= _dashed(
                panel.axes, [(several[i].look.colour, floor) for i in lines for floor in _floors(lines[i])]
            )
        label_outer([panel.axes], along.label, LABELS[quantity])
    strands.legend(figure, several, _marks(along, floors, crosses))
    return figure


def _in_a_unit(frame: pd.DataFrame, along: Along) -> tuple[pd.DataFrame, Along]:
    """Times in the unit that suits them."""
    if along.column != "seconds":
        return frame, along
    unit, length = numbers.unit(1e9 * float(frame["seconds"][frame["seconds"] > 0].median()))
    scaled = frame.assign(seconds=frame["seconds"] * (1e9 / length))
    return scaled, replace(along, label=f"{along.label} ({unit})")


def _scales(panel: Panel, frame: pd.DataFrame, quantity: str, along: Along) -> tuple[float, float]:
    """Set both scales; gives the limits of y, which all panels of a row share."""
    axes, row, x = panel.axes, panel.row, frame[along.column][frame[along.column] > 0]
    if along.log:
        axes.set(xscale="log", xlim=log_limits(x))
        log_ticks(axes.xaxis)
    else:
        axes.set_xlim(0, x.max())
        axes.xaxis.set_major_locator(ticker.MaxNLocator(4, integer=True))
        axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: words.number(value)))
    start = float(row[quantity][row["step"] == 0].max())
    values = row[[quantity, f"{quantity}_low", f"{quantity}_high"]].to_numpy(float).ravel()
    values = values[np.isfinite(values)]
    if quantity != "loss" and start > 0:
        values = np.append(values, _floors(row) if quantity == "gap" else [])
        inside = values[(values > LOWEST * start) & (values <= HIGHEST * start)]
        bottom, top = log_limits(inside)
        axes.set(yscale="log", ylim=(bottom, top))
        log_ticks(axes.yaxis)
    else:
        extent = max(start - values.min(), 1e-9 * abs(start), 1e-300)
        inside = values[values <= start + extent]
        room = 0.06 * (inside.max() - inside.min() or 1.0)
        bottom, top = float(inside.min() - room), float(inside.max() + room)
        axes.set_ylim(bottom, top)
        axes.yaxis.set_major_locator(ticker.MaxNLocator(5))
        axes.yaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: words.number(value, 4)))
    if along.log:
        dots: dict[str, Any] = {"linestyle": ":", "linewidth": style.scaled_to_line(0.8), "zorder": 1}
        axes.axhline(start, color=style.GREY, **dots)
    return bottom, top


def _curve(
    axes: Axes,
    rows: pd.DataFrame,
    quantity: str,
    along: Along,
    strand: Strand,
    place: tuple[float, int],
    limits: tuple[float, float],
) -> bool:
    """A curve: `place` is its share of the way from mark to mark, and of how many. Whether it ends in a cross."""
    seen, (shift, count) = strand.look, place
    rows = rows[rows[along.column] > 0] if along.log else rows
    x = rows[along.column].to_numpy(float)
    middle, low, high = (rows[f"{quantity}{end}"].to_numpy(float) for end in ("", "_low", "_high"))
    least = limits[0] * 1e-3 if quantity != "loss" else limits[0] - (limits[1] - limits[0])
    most = limits[1] * 1e3 if quantity != "loss" else limits[1] + (limits[1] - limits[0])
    low, high = (np.clip(np.nan_to_num(edge, nan=most, posinf=most), least, most) for edge in (low, high))
    if count <= MOST_BANDS:
        axes.fill_between(x, low, high, color=seen.colour, alpha=FAINT, linewidth=0)
    finite = np.isfinite(middle) & ((middle > 0) | (quantity == "loss"))
    line = np.where(finite, np.clip(np.nan_to_num(middle, posinf=most), least, most), np.nan)
    axes.plot(
        x,
        line,
        color=seen.colour,
        marker=seen.marker,
        markevery=_marked(x, shift, along.log),
        markersize=style.scaled_to_line(3.0),
        linewidth=style.scaled_to_line(1.0),
        linestyle=strand.dashes,
        **strand.filling,
    )
    crossed = bool(np.isinf(middle).any() and finite.any())
    if crossed:
        last = int(np.flatnonzero(finite)[-1])
        cross: dict[str, Any] = {
            "color": seen.colour,
            "marker": "x",
            "markersize": style.scaled_to_line(5.0),
            "linewidth": 0,
        }
        axes.plot(x[last], min(line[last], limits[1]), clip_on=False, **cross)
    return crossed


def _floors(rows: pd.DataFrame) -> Floats:
    """The floors, above 0, of the learners of these rows that did not diverge in the median."""
    if "floor" not in rows:
        return np.empty(0)
    ended = rows[(rows["step"] == rows["step"].max()) & np.isfinite(rows["gap"])]
    return np.asarray(ended["floor"][ended["floor"] > 0], float)


def _dashed(axes: Axes, floors: Sequence[tuple[str, float]]) -> bool:
    """Predicted floors in the colours of their estimators, if there are any; dashes of equal ones take turns."""
    equal: dict[str, dict[str, float]] = {}
    for colour, floor in floors:
        equal.setdefault(f"{floor:.3g}", {})[colour] = floor
    width = style.scaled_to_line(1.0)
    for turns in equal.values():
        for i, (colour, floor) in enumerate(turns.items()):
            dashes = (DASH * i, (DASH, DASH * max(1, len(turns) - 1)))
            axes.axhline(floor, color=colour, linestyle=dashes, linewidth=width, zorder=1.5)
    return bool(floors)


def _marked(x: Floats, shift: float, log: bool) -> list[int]:
    """Which points of a curve have a marker: about MARKS of them, as far from each other as the axis shows them."""
    place = np.log(x) if log else x
    wanted = np.linspace(place[0], place[-1], MARKS + 1) + shift * (place[-1] - place[0]) / MARKS
    return sorted({int(i) for i in np.searchsorted(place, wanted[:-1])})


def _marks(along: Along, floors: bool, crosses: bool) -> list[Line2D]:
    """What else is in the panels."""
    handles = []
    if along.log:
        dots: dict[str, Any] = {"linestyle": ":", "linewidth": style.scaled_to_line(0.8)}
        handles.append(Line2D([], [], color=style.GREY, label="dotted: the start", **dots))
    if floors:
        dashes: dict[str, Any] = {"linestyle": (0, (DASH, DASH)), "linewidth": style.scaled_to_line(0.8)}
        handles.append(Line2D([], [], color=style.GREY, label="dashed: predicted mean", **dashes))
    if crosses:
        size = style.scaled_to_line(4.0)
        handles.append(Line2D([], [], marker="x", markersize=size, label="cross: half have diverged", **learners.DOT))
    return handles
