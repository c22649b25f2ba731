"""Variance along an axis: exact curves between the measured points too."""

from matplotlib.figure import Figure as Drawing

from bench.drawing import curves
from bench.drawing.curves import Curves
from bench.spec import Figure, Slice
from bench.tables import along, slices

CURVES = Curves("x", "variance", "estimator", (*slices.FACETS, "x_axis"), "parameter", "variance", x_name="x_axis")


def draw(selection: Slice) -> Drawing:
    """A panel per facet and parameter, a curve per estimator, along the axis that was asked for."""
    return curves.draw(selection, CURVES)


PLUGIN = Figure(
    name="variance_along",
    title="Variance along an axis",
    caption="Variance of one gradient estimate across replicates, in squared units of the gradient, along the axis "
    "that the run was asked for. Points with 95 % intervals are measured, lines are exact.",
    select=along.variances,
    draw=draw,
)
