"""Variance along an axis: exact curves between the measured points too."""

from functools import partial

from bench.drawing import curves
from bench.drawing.description import LINES, Curves
from bench.spec import Figure
from bench.tables import along, slices

CURVES = Curves("x", "variance", "estimator", (*slices.FACETS, "x_axis"), "parameter", "variance", x_name="x_axis")

PLUGIN = Figure(
    name="variance_along",
    title="Variance along an axis",
    caption="Variance of one gradient estimate across replicates, in squared units of the gradient, along the axis "
    f"that the run was asked for. {LINES}",
    select=along.variances,
    draw=partial(curves.draw, curves=CURVES),
)
