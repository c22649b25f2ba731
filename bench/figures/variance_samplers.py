"""Variance against samples, by sampler: how fast it falls, and from where on placed draws repay."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import curves
from bench.drawing.description import LINES, Curves
from bench.spec import Figure, Slice
from bench.tables import between, slices

ROWS = tuple("estimator" if name == "sampler" else name for name in slices.FACETS)
CURVES = Curves("samples", "variance", "sampler", rows=ROWS, column="parameter", label="variance", orders=(1, 2, 3))


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The variances over all samples, where several samplers drew."""
    selection = slices.select(tables, "statistics", "variance", along=["samples"])
    several = selection is not None and selection.frame["sampler"].nunique() > 1
    return between.variances(selection, tables, "samples") if several else None


def draw(selection: Slice) -> Drawing:
    """A panel per estimator, facet and parameter, a curve per sampler."""
    return curves.draw(selection, CURVES)


PLUGIN = Figure(
    name="variance_samplers",
    title="Variance against draws per estimate, by sampler",
    caption="Variance of one gradient estimate across replicates, in squared units of the gradient, against the number "
    f"of draws that it averages, a curve per sampler. {LINES} Dashed are "
    " $1/K$, which independent draws follow, $1/K^2$, the order of stratified normal noise where f is a polynomial, "
    "and $1/K^3$, that of any f whose gradient dies out in the tails.",
    select=select,
    draw=draw,
)
