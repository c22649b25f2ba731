"""Variance ratio along an axis: where along it each estimator wins."""

from dataclasses import replace

from matplotlib.figure import Figure as Drawing

from bench.drawing import curves, description
from bench.spec import Figure, Slice
from bench.tables import along, slices


def draw(selection: Slice) -> Drawing:
    """A panel per facet and parameter, a curve per numerator, along the axis that was asked for."""
    ratios = description.ratios(selection, "x", rows=(*slices.FACETS, "x_axis"), column="parameter")
    return curves.draw(selection, replace(ratios, x_name="x_axis"))


PLUGIN = Figure(
    name="variance_ratio_along",
    title="Variance ratio along an axis",
    caption="Variance of each estimator over that of {reference}, same cell, same draws, along the axis that the run "
    f"was asked for. Above 1 {{reference}} has the lower variance. {description.LINES}",
    select=along.ratios,
    draw=draw,
)
