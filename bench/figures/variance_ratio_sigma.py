"""Variance ratio against sigma: where along sigma each estimator wins."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import curves
from bench.spec import Figure, Slice
from bench.tables import slices


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The ratios over all sigmas."""
    return slices.select(tables, "ratios", "variance_ratio", along=["sigma"])


def draw(selection: Slice) -> Drawing:
    """A panel per facet and parameter, a curve per numerator."""
    return curves.draw(selection, curves.ratios(selection, "sigma", rows=slices.FACETS, column="parameter"))


PLUGIN = Figure(
    name="variance_ratio_sigma",
    title="Variance ratio against sigma",
    caption="Variance of each estimator over that of {reference}, same cell, same draws. Above 1 {reference} has the "
    "lower variance. Points with 95 % intervals are measured, lines are exact. sigma, log_sigma and softplus have the "
    "ratios of sigma2.",
    select=select,
    draw=draw,
)
