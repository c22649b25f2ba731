"""Time to a gap: when half of the replicates are within 10 %, 1 % and 0.1 % of the gap at the start."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from bench.drawing import learners, strands, style, words
from bench.drawing.axes import label_outer, log_limits, log_ticks
from bench.drawing.strands import Strand
from bench.markup import numbers
from bench.spec import Figure, Slice
from bench.tables.curves import LEARNER
from bench.tables.firsts import ALIKE, names
from bench.tables.times import ENDS

LEAST_HEIGHT, LINE = 1.15, 0.068  # inches of a row of panels; of an estimator at a gap
LANE = 0.76  # of the room of a gap that its estimators fill


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The times in seconds, or evaluations of f where none were taken, with how many rivals are later."""
    times = tables["times"]
    measure = "seconds" if times["seconds"].notna().any() else "evaluations"
    near = times[np.isfinite(times[f"{measure}_low"])]
    rows = times[times[measure].notna() & times["share"].isin(near["share"])]
    if rows.empty:
        return None
    key = [*ALIKE, "share"]
    firsts = tables["firsts"][tables["firsts"]["measure"] == measure]
    pairs = pd.concat([firsts[[*key, side, "first"]].set_axis([*key, "name", "first"], axis=1) for side in PAIR])
    beaten = pairs.assign(beaten=pairs["first"] == pairs["name"]).groupby([*key, "name"], dropna=False)
    counts = beaten["beaten"].agg(["sum", "size"]).set_axis(["later", "rivals"], axis=1).reset_index()
    rows = rows.assign(name=names(times)).merge(counts, how="left", on=[*key, "name"])
    columns = [*LEARNER, "share", "replicates", "reached", *(f"{measure}{end}" for end in ENDS), "later", "rivals"]
    return Slice(rows[columns])


PAIR = ("estimator", "rival")


def draw(selection: Slice) -> Drawing:
    """A panel per setting, a lane per gap, a line per estimator in it, or per treatment of the entropy with it."""
    frame, label = _measured(selection.frame)
    frame, several = strands.strands(frame, "share", ["time", "time_low", "time_high"])
    shares = sorted(frame["share"].unique(), reverse=True)
    height = max(LEAST_HEIGHT, 0.35 + LINE * len(several) * len(shares))
    together = ["entropy"] if any(strand.entropies for strand in several) else []
    figure, panels = learners.panels(replace(selection, frame=frame), height, together, also=strands.note(several))
    finite = frame[["time", "time_low", "time_high"]].to_numpy(float).ravel()
    limits = log_limits(finite[np.isfinite(finite) & (finite > 0)])
    for panel in panels:
        axes = panel.axes
        axes.set(xscale="log", xlim=(limits[0], limits[1] * 1.3), ylim=(len(shares) - 0.5, -0.5))
        log_ticks(axes.xaxis)
        axes.set_yticks(range(len(shares)), [f"{words.number(100 * share)} %" for share in shares])
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False, axis="y")
        for lane in range(1, len(shares)):
            axes.axhline(lane - 0.5, color="0.85", linewidth=style.scaled_to_line(0.5), zorder=0)
        for row in panel.frame.to_dict("records"):
            shift = (row["strand"] + 0.5) / len(several) - 0.5
            _line(axes, row, several[row["strand"]], shares.index(row["share"]) + LANE * shift, limits[1] * 1.3)
        label_outer([axes], label, "gap left")
    strands.legend(figure, several, _marks(frame), line=False)
    return figure


def _measured(frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The rows with their times in a unit that suits them, and the label of the axis."""
    if "seconds" not in frame:
        return frame.rename(columns={f"evaluations{end}": f"time{end}" for end in ENDS}), "evaluations of $f$"
    finite = frame["seconds"][np.isfinite(frame["seconds"])]
    unit, length = numbers.unit(1e9 * float(finite.median())) if len(finite) else ("s", 1e9)
    scaled = {f"time{end}": frame[f"seconds{end}"] * (1e9 / length) for end in ENDS}
    return frame.assign(**scaled), f"time of one replicate ({unit})"


def _line(axes: Axes, row: Mapping[str, Any], strand: Strand, y: float, edge: float) -> None:
    """A median with its interval; at the edge an arrow where half of the replicates are never so near."""
    seen, low = strand.look, row["time_low"]
    size = style.scaled_to_line(3.5)
    if np.isfinite(low):
        thin: dict[str, Any] = {"color": seen.colour, "linewidth": style.scaled_to_line(0.9)}
        axes.hlines(y, low, min(row["time_high"], edge), **thin)
    if not np.isfinite(row["time"]):
        hollow: dict[str, Any] = {"marker": ">", "markerfacecolor": "white", "clip_on": False}
        axes.plot(edge, y, color=seen.colour, markersize=size, linewidth=0, **hollow)
        return
    axes.plot(
        row["time"], y, color=seen.colour, marker=seen.marker, markersize=size, linewidth=0, zorder=3, **strand.filling
    )
    if row["rivals"] > 0 and row["later"] == row["rivals"]:
        axes.plot(row["time"], y, zorder=2, **_RING, markersize=2.3 * size)


_RING: Mapping[str, Any] = {"marker": "o", "markerfacecolor": "none", "color": "black", "linewidth": 0}


def _marks(frame: pd.DataFrame) -> list[Line2D]:
    """What else is in the panels."""
    handles, size = [], style.scaled_to_line(4.0)
    if np.isinf(frame["time"]).any():
        arrow: dict[str, Any] = {"marker": ">", "markerfacecolor": "white", "markersize": size}
        handles.append(Line2D([], [], label="arrow: not reached by half", **arrow, **learners.DOT))
    if ((frame["rivals"] > 0) & (frame["later"] == frame["rivals"]) & np.isfinite(frame["time"])).any():
        handles.append(Line2D([], [], label="ring: before all others", markersize=1.4 * size, **_RING))
    return handles


PLUGIN = Figure(
    name="time_to_gap",
    title="Time to a gap",
    caption="When a replicate is first within 10 %, 1 % and 0.1 % of the gap between F at the start and the least F: "
    "medians over replicates with their distribution-free 95 % intervals, at the resolution of the checkpoints. A gap "
    "that no median comes to has no lane. A ring marks an estimator that is there before each of the others (sign "
    "tests of paired replicates on common draws, Holm's correction, 5 %).",
    select=select,
    draw=draw,
    kind="fit",
)
