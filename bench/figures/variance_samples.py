"""Variance against samples: plain averages fall as 1/K."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from bench.drawing import curves
from bench.drawing.curves import Curves
from bench.spec import Figure, Slice
from bench.tables import slices

CURVES = Curves("samples", "variance", "estimator", rows=slices.FACETS, column="parameter", label="variance")


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The variances over all samples."""
    return slices.select(tables, "statistics", "variance", along=["samples"])


PLUGIN = Figure(
    name="variance_samples",
    title="Variance against samples",
    caption="Variance of one gradient estimate across replicates, in squared units of the gradient, against the number "
    "of draws that it averages. Points with 95 % intervals are measured, lines are exact: 1/K for a plain average.",
    select=select,
    draw=partial(curves.draw, curves=CURVES),
)
