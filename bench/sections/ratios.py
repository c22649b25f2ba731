"""The variance ratios: a table, the extremes over the whole sweep, and what outliers do."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from bench import slices
from bench.sections.markdown import escape, table
from bench.sections.words import Tables, cell, interval, known, number, shown, side_by_side, varying


def ratio_table(tables: Tables) -> str:
    """The variance ratios at the smallest, the middle and the largest sigma, measured beside exact."""
    rows = slices.measured(tables["ratios"], "variance_ratio")
    if rows.empty:
        return "No variance ratio was measured.\n"
    rows, chosen = slices.middle(rows, ["mu", "dataset_size", "samples"])
    sigmas = sorted(rows["sigma"].unique())
    rows = rows[rows["sigma"].isin([sigmas[0], sigmas[len(sigmas) // 2], sigmas[-1]])]
    lines = [part.sort_values("sigma") for _, part in rows.groupby([*slices.FACETS, "numerator"], sort=False)]
    cells = {
        "measured": lambda row: interval(row, "variance_ratio"),
        "exact": lambda row: number(row["exact_variance_ratio"]),
    }
    over = escape(rows["denominator"].iloc[0])
    return (
        side_by_side(pd.concat(lines), ["numerator", "sigma"], cells)
        + f"\nVariance of the numerator over that of {over}, with its 95 % interval; above 1 {over} has the lower "
        f"variance. sigma and log_sigma have the ratios of sigma2. {shown(rows, chosen)}\n"
    )


def ratios(tables: Tables, manifest: Mapping[str, Any]) -> str:
    """The whole section."""
    text = "## Variance ratios\n\n" + ratio_table(tables)
    rows = slices.measured(tables["ratios"], "variance_ratio")
    if rows.empty:
        return text
    return text + _extremes(rows) + _outliers(rows, manifest.get("data") or {})


def _extremes(rows: pd.DataFrame) -> str:
    """Where each numerator comes off best and worst, and how often which side wins."""
    keys = [*varying(rows), "numerator"]
    lines = []
    for key, part in rows.groupby(keys, sort=False):
        ends = part.loc[[part["variance_ratio"].idxmin(), part["variance_ratio"].idxmax()]].to_dict("records")
        lines.append(
            [*map(escape, key), *(word for row in ends for word in (interval(row, "variance_ratio"), cell(row)))]
        )
    above, below = (rows["variance_ratio_low"] > 1).sum(), (rows["variance_ratio_high"] < 1).sum()
    return (
        "\nThe extremes over the whole sweep:\n\n"
        + table([*keys, "smallest", "where", "largest", "where"], lines)
        + f"\nOf {len(rows)} measured ratios (mu and sigma2), {above} lie above 1 with their whole interval, "
        f"{below} below 1, and {len(rows) - above - below} are not told apart from 1.\n"
    )


def _outliers(rows: pd.DataFrame, data: Mapping[str, Any]) -> str:
    """What far-away data do to the score function of squared_error, with the number; empty for other sweeps."""
    rows = rows[(rows["objective"] == "squared_error") & (rows["numerator"] == "score_function")]
    if rows.empty or not known(data.get("mean")) or not known(data.get("variance")):
        return ""
    worst = rows.loc[rows["variance_ratio"].idxmax()].to_dict()
    unit = f" {escape(data['unit'])}" if data.get("unit") else ""
    return (
        "\nThe score function weighs each draw by f itself, so data far from mu, outliers among them, enter its "
        "variance with the fourth power of their distance; the pathwise variance for mu does not depend on the data at "
        f"all. On these data (n = {data.get('n', 'unknown')}, mean {number(data['mean'])}{unit}, standard deviation "
        f"{number(math.sqrt(data['variance']))}{unit}) score_function has up to {number(worst['variance_ratio'])} "
        f"times the variance of pathwise: {cell(worst)}.\n"
    )
