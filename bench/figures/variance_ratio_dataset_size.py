"""Variance ratio against dataset_size: flat with one shared draw, steep with a draw per datum."""

from collections.abc import Mapping
from typing import Any

from bench.drawing import panels
from bench.spec import Figure
from bench.tables import slices

ROWS = (*(key for key in slices.FACETS if key != "latent"), "parameter")


def select(tables: Mapping[str, Any]) -> slices.Slice | None:
    """The ratios over all dataset sizes."""
    return slices.select(tables, "ratios", "variance_ratio", along=["dataset_size"])


def draw(tables: Mapping[str, Any]) -> Any:
    """Shared beside per_datum, a row of panels per parameter; None without measured ratios of a dataset."""
    shown = select(tables)
    if shown is None:
        return None
    return panels.ratio_curves(shown, "dataset_size", rows=ROWS, column="latent")


PLUGIN = Figure(
    name="variance_ratio_dataset_size",
    title="Variance ratio against dataset_size",
    caption="Variance of each estimator over that of pathwise. With one draw shared by the whole dataset the ratio "
    "does not grow with the number of data; with a draw per datum the joint score collects the noise of all "
    "of them, the local score only its own. Points with 95 % intervals are measured, lines are exact. sigma "
    "and log_sigma have the ratios of sigma2.",
    draw=draw,
    select=select,
)
