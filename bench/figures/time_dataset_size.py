"""Time per estimate against dataset_size: what an estimate costs, direct beside collapsed."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import choices, curves
from bench.drawing.description import Curves
from bench.markup import numbers
from bench.spec import Figure, Slice
from bench.tables import slices

TIMES = ["estimate_ns", "estimate_ns_low", "estimate_ns_high"]


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The times over all dataset sizes."""
    return slices.select(tables, "timings", "estimate_ns", along=[choices.along("dataset_size")])


def draw(selection: Slice) -> Drawing:
    """Direct beside collapsed, a curve per estimator, in a unit that suits."""
    frame = selection.frame
    unit, length = numbers.unit(frame["estimate_ns"].median())
    label = f"time per estimate ({unit})"
    facets = [name for name in slices.FACETS if name in frame]  # no time depends on theta
    times = Curves(
        choices.along("dataset_size"), "estimate_ns", "estimator", rows=facets, column="evaluation", label=label
    )
    return curves.draw(replace(selection, frame=frame.assign(**{name: frame[name] / length for name in TIMES})), times)


PLUGIN = Figure(
    name="time_dataset_size",
    title="Time per estimate against the number of data",
    caption="Wall-clock time of one gradient estimate, drawing included, amortised over a batch of replicates, on one "
    "machine: medians over interleaved rounds with their intervals. Direct evaluation reads every datum for every "
    "draw, as a black-box objective must; collapsed evaluation reads a summary of the data, where the objective has "
    "one (with a draw per datum it may have none).",
    select=select,
    draw=draw,
)
