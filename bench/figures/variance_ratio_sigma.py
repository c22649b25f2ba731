"""Variance ratio against sigma: where along sigma each estimator wins."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import choices, curves, description
from bench.spec import Figure, Slice
from bench.tables import between, slices


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The ratios over all sigmas."""
    along = choices.along("sigma")
    return between.ratios(slices.select(tables, "ratios", "variance_ratio", along=[along]), tables, along)


def draw(selection: Slice) -> Drawing:
    """A panel per facet and parameter, a curve per numerator."""
    return curves.draw(
        selection, description.ratios(selection, choices.along("sigma"), rows=slices.FACETS, column="parameter")
    )


PLUGIN = Figure(
    name="variance_ratio_sigma",
    title=r"Variance ratio against $\sigma$",
    caption="Variance of each estimator over that of {reference}, same cell, same draws. Above 1 {reference} has the "
    rf"lower variance. {description.LINES} The gradients by $\sigma$ and by $\log\,\sigma$ have the ratios of that by "
    r"$\sigma^2$.",
    select=select,
    draw=draw,
)
