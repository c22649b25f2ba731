"""Variance ratio against dataset_size: flat with one shared draw, steep with a draw per datum."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import choices, curves, description
from bench.spec import Figure, Slice
from bench.tables import between, slices

FACETS = (*(name for name in slices.FACETS if name != "latent"), "parameter")


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The ratios over all dataset sizes."""
    along = choices.along("dataset_size")
    return between.ratios(slices.select(tables, "ratios", "variance_ratio", along=[along]), tables, along)


def draw(selection: Slice) -> Drawing:
    """Shared beside per_datum, a row of panels per parameter."""
    return curves.draw(
        selection, description.ratios(selection, choices.along("dataset_size"), rows=FACETS, column="latent")
    )


PLUGIN = Figure(
    name="variance_ratio_dataset_size",
    title="Variance ratio against the number of data",
    caption="Variance of each estimator over that of {reference}. With one draw shared by the whole dataset the ratio "
    "does not grow with the number of data; with a draw per datum the joint score collects the noise of all "
    f"of them, the local score only its own. {description.LINES}",
    select=select,
    draw=draw,
)
