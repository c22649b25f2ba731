"""Time per estimate against dataset_size: what an estimate costs, direct beside collapsed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bench.drawing import panels
from bench.markup import numbers
from bench.spec import Figure
from bench.tables import slices

TIMES = ["estimate_ns", "estimate_ns_low", "estimate_ns_high"]


def select(tables: Mapping[str, Any]) -> slices.Slice | None:
    """The times over all dataset sizes."""
    return slices.select(tables, "timings", "estimate_ns", along=["dataset_size"])


def draw(tables: Mapping[str, Any]) -> Any:
    """Direct beside collapsed, one colour per estimator, in a unit that suits; None without timings."""
    shown = select(tables)
    if shown is None:
        return None
    unit, length = numbers.unit(shown.frame["estimate_ns"].median())
    scaled = shown.frame.assign(**{column: shown.frame[column] / length for column in TIMES})
    return panels.curves(
        replace(shown, frame=scaled),
        "dataset_size",
        "estimate_ns",
        by="estimator",
        rows=slices.FACETS,
        column="evaluation",
        label=f"time per estimate ({unit})",
    )


PLUGIN = Figure(
    name="time_dataset_size",
    title="Time per estimate against dataset_size",
    caption="Wall-clock time of one gradient estimate, drawing included, amortised over a batch of replicates, on one "
    "machine: medians over interleaved rounds with their intervals. Direct evaluation reads every datum for every "
    "draw, as a black-box objective must; collapsed evaluation reads a summary of the data, where the objective has "
    "one (with a draw per datum it may have none).",
    draw=draw,
    select=select,
)
