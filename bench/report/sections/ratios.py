"""The variance ratios: a table, the extremes over the whole sweep, and what outliers do."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from bench.markup import latex
from bench.markup.markdown import escape, table
from bench.report.sections.phrases import Row, Tables, cell, interval, known, number, shown, side_by_side, varying
from bench.tables import slices

ROW_KEYS = ("numerator", "sigma")


def ratio_table(tables: Tables) -> str:
    """The variance ratios at the smallest, the middle and the largest sigma, measured beside exact."""
    rows, chosen = _three_sigmas(tables)
    if rows.empty:
        return "No variance ratio was measured.\n"
    lines = table(*side_by_side(rows, ROW_KEYS, _cells(str)))
    return f"{lines}\n{_meaning(escape(rows['denominator'].iloc[0]))} {shown(rows, chosen)}\n"


def ratio_latex(tables: Tables) -> str:
    """The same table for a paper, with its caption; empty where there is none."""
    rows, chosen = _three_sigmas(tables)
    if rows.empty:
        return ""
    words = f"{_meaning(rows['denominator'].iloc[0])} {shown(rows, chosen, str)}"
    header, lines = side_by_side(rows, ROW_KEYS, _cells(latex.powers), latex.escape)
    text = latex.table(header, lines, groups=header.index("sigma"))
    return latex.caption("tab:ratios", "Variance ratios", words) + text


def _three_sigmas(tables: Tables) -> tuple[pd.DataFrame, dict[str, float]]:
    """The rows of the table, and the values of the axes that it is cut at."""
    rows = slices.measured(tables["ratios"], "variance_ratio")
    if rows.empty:
        return rows, {}
    rows, chosen = slices.middle(rows, ["mu", "dataset_size", "samples"])
    sigmas = sorted(rows["sigma"].unique())
    rows = rows[rows["sigma"].isin([sigmas[0], sigmas[len(sigmas) // 2], sigmas[-1]])]
    lines = [part.sort_values("sigma") for _, part in rows.groupby([*slices.FACETS, "numerator"], sort=False)]
    return pd.concat(lines), chosen


def _cells(printed: Callable[[str], str]) -> dict[str, Callable[[Row], str]]:
    return {
        "measured": lambda row: printed(interval(row, "variance_ratio")),
        "exact": lambda row: printed(number(row["exact_variance_ratio"])),
    }


def _meaning(over: str) -> str:
    return (
        f"Variance of the numerator over that of {over}, with its 95 % interval; above 1 {over} has the lower "
        "variance. sigma and log_sigma have the ratios of sigma2."
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
