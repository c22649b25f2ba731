"""Variance ratio against a parameter of another family than the normal: where along it each estimator wins."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import curves, description
from bench.spec import Figure, Slice
from bench.tables import between, slices

FACETS = (*slices.FACETS, "along")  # of which theta has the other parameters alone


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The ratios over all values of the parameter of each family that has the most; none of parameters in lists."""
    rows = slices.along_theta(tables["ratios"])
    if "at" not in rows:
        return None
    return between.ratios(slices.select({"ratios": rows}, "ratios", "variance_ratio", along=["at"]), tables, "at")


def draw(selection: Slice) -> Drawing:
    """A panel per facet and parameter, a curve per numerator, along the parameter that varies."""
    ratios = description.ratios(selection, "at", rows=FACETS, column="parameter")
    return curves.draw(selection, replace(ratios, x_name="along"))


PLUGIN = Figure(
    name="variance_ratio_theta",
    title="Variance ratio against the parameters of a family",
    caption="Variance of each estimator over that of {reference}, same cell, same draws, along the parameter of the "
    f"family that the x axis names. Above 1 {{reference}} has the lower variance. {description.LINES}",
    select=select,
    draw=draw,
)
