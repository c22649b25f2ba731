"""Variance along an axis: exact curves between the measured points too."""

from functools import partial

from bench.drawing import curves
from bench.drawing.description import Curves
from bench.spec import Figure
from bench.tables import along, slices

CURVES = Curves("x", "variance", "estimator", (*slices.FACETS, "x_axis"), "parameter", "variance", x_name="x_axis")

PLUGIN = Figure(
    name="variance_along",
    title="Variance along an axis",
    caption="Variance of one gradient estimate across replicates, in squared units of the gradient, along the axis "
    "that the run was asked for. Points with 95 % intervals are measured, lines are exact.",
    select=along.variances,
    draw=partial(curves.draw, curves=CURVES),
)
