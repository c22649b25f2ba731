"""Trajectories: the path of the median replicate over the plane of two parameters, above the contours of exact F."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from bench.drawing import learners, style, words
from bench.drawing.axes import label_outer
from bench.drawing.palette import look
from bench.drawing.panels import Panel
from bench.spec import Figure, Slice
from bench.tables import slices
from bench.tables.contours import GRID, LEAST, SURFACE
from bench.tables.curves import LEARNER

HEIGHT = 1.55
RINGS, FACTOR = 12, 2.0  # contours; of the gap from one to the next
MOST = 16  # points of a path, spaced geometrically: the way down is early, and what comes late is noise
PLANE = ("surface", "x", "y", "x_name", "y_name")


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The paths of learners with two parameters that all components share, and the contours below them."""
    paths = tables["paths"]
    paths = paths[(paths["components"] == "tied") | (paths["dimension"] == 1)]
    if paths[paths["step"] > 0]["theta"].eq("").all():  # nobody came farther than the start
        return None
    several = [_placed(_thinned(paths).assign(place="path"))]
    if "contours" in tables:
        several.append(_placed(tables["contours"]))
    rows = pd.concat([rows for rows in several if not rows.empty], ignore_index=True) if len(several[0]) else paths[:0]
    columns = [*LEARNER, "step", "replicate", "place", *PLANE, "loss", "gap"]
    return Slice(rows[[name for name in columns if name in rows]]) if len(rows) else None


def _thinned(paths: pd.DataFrame) -> pd.DataFrame:
    """Some checkpoints of each path: the first, the last, and between them more of the early ones."""
    steps = sorted(paths["step"].unique())
    if not steps:
        return paths
    places = np.searchsorted(steps, np.geomspace(1, steps[-1], MOST - 1)).clip(max=len(steps) - 1)
    return paths[paths["step"].isin([steps[place] for place in (0, *places)])]


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose theta is two numbers, with their place in the plane and the surface that they are on."""
    rows = rows[rows["theta"] != ""]
    pairs = []
    for _, group in rows.groupby("family", sort=False):
        values = slices.thetas(group)
        if values.shape[1] == 2:
            x, y = values
            surface = group[[*SURFACE]].astype(object).fillna("").astype(str).agg(" ".join, axis=1)
            pairs.append(group.assign(surface=surface, x=values[x], y=values[y], x_name=x, y_name=y))
    return pd.concat(pairs) if pairs else rows[:0]


def draw(selection: Slice) -> Drawing:
    """A panel per setting; all estimators and starts in it."""
    frame = selection.frame
    paths = frame[frame["place"] == "path"]
    figure, panels = learners.panels(replace(selection, frame=paths), HEIGHT, together=["start"], x="surface")
    for panel in panels:
        on_surface = frame[frame["surface"] == panel.frame["surface"].iloc[0]]
        _contours(panel.axes, on_surface[on_surface["place"].isin([GRID, LEAST])])
        for _, path in panel.frame.groupby(["estimator", "start"], sort=False):
            _path(panel.axes, path)
        least = on_surface[on_surface["place"] == LEAST]
        cross: dict[str, Any] = {
            "color": "black",
            "marker": "+",
            "markersize": style.scaled_to_line(6.0),
            "linewidth": 0,
            "zorder": 5,
        }
        panel.axes.plot(least["x"], least["y"], clip_on=False, **cross)
        _ticks(panel, bool(len(on_surface) > len(on_surface[on_surface["place"] == "path"])))
        label_outer([panel.axes], *(words.symbol(str(panel.frame[name].iloc[0])) for name in ("x_name", "y_name")))
    learners.legend(figure, learners.estimators(paths), _marks(frame))
    return figure


def _contours(axes: Axes, surface: pd.DataFrame) -> None:
    """Rings of equal F; where the least F is known, from one to the next by a factor of the gap."""
    grid = surface[surface["place"] == GRID]
    if grid.empty:
        return
    quantity = "gap" if grid["gap"].notna().all() else "loss"
    heights = grid.pivot(index="y", columns="x", values=quantity)
    most, least = float(np.nanmax(heights)), float(np.nanmin(heights))
    levels = most / FACTOR ** np.arange(RINGS, 0, -1) if quantity == "gap" else np.linspace(least, most, RINGS)[1:-1]
    thin: dict[str, Any] = {"colors": "0.72", "linewidths": style.scaled_to_line(0.5), "zorder": 1}
    axes.contour(heights.columns, heights.index, heights, levels=np.unique(levels), **thin)
    for limits, places in ((axes.set_xlim, surface["x"]), (axes.set_ylim, surface["y"])):
        limits(places.min(), places.max())


def _path(axes: Axes, path: pd.DataFrame) -> None:
    """The path of an estimator from its start, a hollow circle, to its end."""
    path, seen = path.sort_values("step"), look(str(path["estimator"].iloc[0]))
    line: dict[str, Any] = {"linewidth": style.scaled_to_line(0.6), "zorder": 3, "alpha": 0.75}
    small = style.scaled_to_line(1.8)
    axes.plot(path["x"], path["y"], color=seen.colour, marker=seen.marker, markersize=small, markeredgewidth=0, **line)
    end: dict[str, Any] = {
        "markersize": style.scaled_to_line(4.0),
        "markeredgecolor": "white",
        "markeredgewidth": 0.4,
        "zorder": 6,
    }
    axes.plot(path["x"].iloc[-1:], path["y"].iloc[-1:], color=seen.colour, marker=seen.marker, **end)
    axes.plot(path["x"].iloc[:1], path["y"].iloc[:1], zorder=4, **_START, markersize=style.scaled_to_line(4.0))


_START: Mapping[str, Any] = {"color": "black", "marker": "o", "markerfacecolor": "white", "linewidth": 0}


def _ticks(panel: Panel, framed: bool) -> None:
    """Few plain numbers; without contours, limits around the paths."""
    axes = panel.axes
    if not framed:
        axes.margins(0.1)
    axes.grid(visible=False)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(ticker.MaxNLocator(4))
        axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: words.number(value)))


def _marks(frame: pd.DataFrame) -> list[Line2D]:
    """What else is in the panels."""
    size: dict[str, Any] = {"markersize": style.scaled_to_line(4.0)}
    handles = [Line2D([], [], label="start", **_START, **size)]
    if (frame["place"] == LEAST).any():
        handles.append(Line2D([], [], color="black", marker="+", linewidth=0, label="least $F$", **size))
    if (frame["place"] == GRID).any():
        handles.append(Line2D([], [], color="0.72", label="contours of $F$", linewidth=style.scaled_to_line(0.5)))
    return handles


PLUGIN = Figure(
    name="trajectories",
    title="Trajectories in the plane of the parameters",
    caption="The path, at checkpoints that are spaced geometrically, of the replicate whose final loss is the median, "
    "over contours of exact F; from a contour to the next outside it, the gap above the least F doubles, where that is "
    "known. Small markers are checkpoints, the large one is where a path ends.",
    select=select,
    draw=draw,
    kind="fit",
)
