"""Exact moments on the lines of the figures: along each axis of a sweep, at the middle of the others; of lines.csv.

How fine a line is follows from how many evaluations of the oracle it takes, never from a clock: the same sweep has the
same points. An axis along which they would be too many has no line, nor has a parameter of a plug-in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from bench.config import finer
from bench.config.settings import Settings
from bench.oracle import fine
from bench.plan import cells
from bench.plan.cells import Plan
from bench.registry import Registry
from bench.spec import Slice
from bench.tables import slices
from bench.tables.schema import Row

POINTS = 33  # of a line at most
MOST, TIMES = 300, 5  # evaluations of the oracle on all lines, about 10 ms each, and times those of the sweep itself
LEAST = 3  # parts of a gap between two values: fewer are hardly finer than the values

Tables = Mapping[str, pd.DataFrame]


def rows(
    settings: Settings,
    plan: Plan,
    tables: Mapping[str, Sequence[Row]],
    registry: Registry,
    told: Callable[[int, int], None],
    say: Callable[[str], None],
) -> Iterator[Row]:
    """The rows of lines.csv, from those of statistics.csv and ratios.csv of a plan; told(done, left) of their cells.

    Of an axis along which the oracle fails there are none, and it will say so. None at checkpoints of fits, and none
    along an axis of which exact.csv has all.
    """
    frames = {name: pd.DataFrame(tables[name]) for name in ("statistics", "ratios")}
    of_exact = [keys[0] for keys in finer.together(settings.along) if len(keys) == 1]
    middles = {key: at for key, at in _middles(settings, frames).items() if key not in of_exact}
    left = min(MOST, TIMES * _evaluations(plan))
    for place, key in enumerate(sorted(middles, key=lambda key: key != "samples")):  # what takes the least is first
        share = left // (len(middles) - place)
        try:
            line = _finer(finer.restricted(settings, middles[key]), key, share, registry)
            between = list(fine.of_plan(*line, [key], told)) if line else []
        except Exception as error:  # a plug-in is held to the values of the sweep, and may not take those between
            say(f"exact curves: none along {key}: {' '.join(str(error).split()) or type(error).__name__}")
            continue
        left -= _evaluations(line[1]) if line else 0
        for row in between:
            if row["family"] != slices.NORMAL or row["parameter"] not in slices.AS_SIGMA2:
                yield row


def _middles(settings: Settings, frames: Tables) -> dict[str, dict[str, tuple[float, ...]]]:
    """The axes that figures are along, by their keys, and the values of the others there."""
    if settings.at:
        return {}
    middles = {}
    for key in (key for key, values in finer.axes(settings).items() if len(values) > 1):
        table, value = ("statistics", "variance") if key == "samples" else ("ratios", "variance_ratio")
        kind, _, name = key.partition(".")
        if frames[table].empty:
            continue
        if key in slices.AXES:
            selection = slices.select(frames, table, value, [key])
        elif kind == "family":
            family, _, parameter = name.partition(".")
            along = slices.along_theta(frames[table][frames[table]["family"] == family])
            selection = (
                slices.select({table: along[along["along"] == parameter]}, table, value, ["at"]) if len(along) else None
            )
        else:
            continue
        if selection is not None:
            middles[key] = _at(settings, key, selection)
    return middles


def _at(settings: Settings, key: str, selection: Slice) -> dict[str, tuple[float, ...]]:
    """The values of the axes that a slice is not along."""
    values: dict[str, tuple[float, ...]] = {
        name: (int(value) if name in finer.COUNTED else float(value),) for name, value in selection.chosen.items()
    }
    for family, group in selection.frame.groupby("family", sort=False):
        thetas = slices.thetas(group) if family != slices.NORMAL else {}
        for name in thetas:
            words = {f"{value:g}" for value in thetas[name]}
            numbers = [value for value in settings.family[str(family)][name] if not isinstance(value, tuple)]
            values[f"family.{family}.{name}"] = tuple(value for value in numbers if f"{value:g}" in words)
    return {name: numbers for name, numbers in values.items() if name != key}


def _finer(settings: Settings, key: str, most: int, registry: Registry) -> tuple[Settings, Plan] | None:
    """Settings and plan of a line of so many evaluations at most; None where it would be hardly finer than the axis."""
    gaps = len(finer.axes(settings)[key]) - 1
    a_point = _evaluations(cells.build(settings, registry, ())) / (gaps + 1)
    parts = min(POINTS - 1, int(most / a_point) - 1) // gaps
    if parts < LEAST:
        return None
    line = finer.finer(settings, [key], registry, gaps * parts + 1)
    return line, cells.build(line, registry, ())


def _evaluations(plan: Plan) -> int:
    """Moments that the oracle is asked for: one of each estimator in each cell, or of each untied component there."""
    return sum(
        len(subgrid.members) * sum(cell.dimension if cell.components == "untied" else 1 for cell in subgrid.cells)
        for stream in plan.streams
        for subgrid in stream.subgrids
    )
