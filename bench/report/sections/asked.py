"""Whether a sweep has the question as it was asked: squared error of data under a normal, one y for all of them."""

from collections.abc import Mapping
from typing import Any

from bench.markup.numbers import known
from bench.report.sections.phrases import Tables
from bench.tables import slices

NAME, LATENT = "squared_error", "shared"


def asked(tables: Tables, manifest: Mapping[str, Any]) -> dict[str, float]:
    """n, mean and (1/n) variance of its largest data, and a mu; nothing of any other sweep."""
    rows = tables["statistics"]
    there = (rows["objective"] == NAME) & (rows["latent"] == LATENT) & (rows["family"] == slices.NORMAL)
    rows, data = rows[there & rows["mu"].notna()], manifest.get("data") or {}
    if rows.empty or not all(known(data.get(key)) for key in ("n", "mean", "variance")):
        return {}
    return {**{key: float(data[key]) for key in ("n", "mean", "variance")}, "mu": float(rows["mu"].iloc[0])}
