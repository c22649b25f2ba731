"""Variance against samples: plain averages fall as 1/K."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import choices, curves
from bench.drawing.description import LINES, Curves
from bench.spec import Figure, Slice
from bench.tables import between, slices

CURVES = Curves("samples", "variance", "estimator", rows=slices.FACETS, column="parameter", label="variance")


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The variances over all samples."""
    along = choices.along("samples")
    return between.variances(slices.select(tables, "statistics", "variance", along=[along]), tables, along)


def draw(selection: Slice) -> Drawing:
    """A panel per facet and parameter, a curve per estimator."""
    return curves.draw(selection, replace(CURVES, x=choices.along("samples")))


PLUGIN = Figure(
    name="variance_samples",
    title="Variance against draws per estimate",
    caption="Variance of one gradient estimate across replicates, in squared units of the gradient, against the number "
    "of draws that it averages: $1/K$ for a plain average, which a random batch of the data keeps from falling. "
    f"{LINES}",
    select=select,
    draw=draw,
)
