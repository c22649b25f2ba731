"""Variance against samples: plain averages fall as 1/K."""

from collections.abc import Mapping
from typing import Any

from bench.drawing import panels
from bench.spec import Figure
from bench.tables import slices


def select(tables: Mapping[str, Any]) -> slices.Slice | None:
    """The variances over all samples."""
    return slices.select(tables, "statistics", "variance", along=["samples"])


def draw(tables: Mapping[str, Any]) -> Any:
    """One panel per facet and parameter, one colour per estimator; None without measured variances."""
    shown = select(tables)
    if shown is None:
        return None
    return panels.curves(shown, "samples", "variance", "estimator", slices.FACETS, "parameter", label="variance")


PLUGIN = Figure(
    name="variance_samples",
    title="Variance against samples",
    caption="Variance of one gradient estimate across replicates, in squared units of the gradient, against the number "
    "of draws that it averages. Points with 95 % intervals are measured, lines are exact: 1/K for a plain average.",
    draw=draw,
    select=select,
)
