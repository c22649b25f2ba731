"""Whether a sweep has the question as it was asked: squared error of data under a normal, one y for all of them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from bench.markup.numbers import known
from bench.report.sections.phrases import Tables
from bench.tables import slices

NAME, LATENT = "squared_error", "shared"


def is_asked(rows: pd.DataFrame) -> pd.Series:
    """Which rows of the statistics are of that question."""
    there = (rows["objective"] == NAME) & (rows["latent"] == LATENT) & (rows["family"] == slices.NORMAL)
    return there & rows["mu"].notna()


def asked(tables: Tables, manifest: Mapping[str, Any]) -> dict[str, float]:
    """n, mean and (1/n) variance of its largest data, and a mu; nothing of any other sweep."""
    rows, data = tables["statistics"], manifest.get("data") or {}
    rows = rows[is_asked(rows)]
    if rows.empty or not all(known(data.get(key)) for key in ("n", "mean", "variance")):
        return {}
    return {**{key: float(data[key]) for key in ("n", "mean", "variance")}, "mu": float(rows["mu"].iloc[0])}
