"""Variance ratio against sigma: where along sigma each estimator wins."""

from collections.abc import Mapping
from typing import Any

from bench.drawing import panels
from bench.spec import Figure
from bench.tables import slices


def select(tables: Mapping[str, Any]) -> slices.Slice | None:
    """The ratios over all sigmas."""
    return slices.select(tables, "ratios", "variance_ratio", along=["sigma"])


def draw(tables: Mapping[str, Any]) -> Any:
    """One panel per facet and parameter, one colour per numerator; None without measured ratios."""
    shown = select(tables)
    if shown is None:
        return None
    return panels.ratio_curves(shown, "sigma", rows=slices.FACETS, column="parameter")


PLUGIN = Figure(
    name="variance_ratio_sigma",
    title="Variance ratio against sigma",
    caption="Variance of each estimator over that of pathwise, same cell, same draws. Above 1 pathwise has the lower "
    "variance. Points with 95 % intervals are measured, lines are exact. sigma and log_sigma have the ratios of "
    "sigma2.",
    draw=draw,
    select=select,
)
