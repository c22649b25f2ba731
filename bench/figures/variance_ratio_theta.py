"""Variance ratio against a parameter of another family than the normal: where along it each estimator wins."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import curves, description
from bench.spec import Figure, Slice
from bench.tables import slices

FACETS = (*slices.FACETS, "along")  # of which theta has the other parameters alone


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The ratios over all values of the parameter of each family that has the most; none of parameters in lists."""
    frame = tables["ratios"]
    rows = pd.concat([frame.iloc[:0], *(_along(group) for _, group in frame.groupby("family", sort=False))])
    return slices.select({"ratios": rows}, "ratios", "variance_ratio", along=["at"]) if "at" in rows else None


def draw(selection: Slice) -> Drawing:
    """A panel per facet and parameter, a curve per numerator, along the parameter that varies."""
    ratios = description.ratios(selection, "at", rows=FACETS, column="parameter")
    return curves.draw(selection, replace(ratios, x_name="along"))


def _along(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a family with the parameter that they are shown `along`, its value `at`, and the rest of theta."""
    values = slices.thetas(rows)
    counts = values.nunique()
    if counts.empty or counts.max() < 2:
        return rows.iloc[:0]
    name = str(counts.idxmax())
    rest = values.drop(columns=name)
    words = [",".join(f"{key}={value:g}" for key, value in zip(rest, row, strict=True)) for row in rest.to_numpy()]
    return rows.assign(along=name, at=values[name], theta=words)[values[name].notna()]


PLUGIN = Figure(
    name="variance_ratio_theta",
    title="Variance ratio against the parameters of a family",
    caption="Variance of each estimator over that of {reference}, same cell, same draws, along the parameter of the "
    "family that the x axis names. Above 1 {reference} has the lower variance. Points with 95 % intervals are "
    "measured, lines are exact.",
    select=select,
    draw=draw,
)
