"""The variance ratios as a table, for the report and for a paper."""

import pandas as pd

from bench.markup import latex
from bench.markup.blocks import Block, Heading, Interval, Number, Paragraph, Table
from bench.report.sections.phrases import Row, Tables, interval, side_by_side, slice_title
from bench.tables import slices

ROW_KEYS = ("numerator", "sigma")


def ratios(tables: Tables) -> list[Block]:
    """The table below its title."""
    return [Heading(2, "Variance ratios"), *ratio_table(tables)]


def ratio_table(tables: Tables) -> list[Block]:
    """The variance ratios at the smallest, the middle and the largest sigma, measured beside exact."""
    rows, chosen = _three_sigmas(tables)
    if rows.empty:
        return [Paragraph("No variance ratio was measured.")]
    table = side_by_side(rows, ROW_KEYS, {"measured": _measured, "exact": _exact})
    over = rows["denominator"].iloc[0]
    meaning = (
        f"Variance of the numerator over that of {over}, with its 95 % interval; above 1 {over} has the lower "
        f"variance. sigma and log_sigma have the ratios of sigma2. {slice_title(rows, chosen)}"
    )
    return [table, Paragraph(meaning)]


def ratio_latex(tables: Tables) -> str:
    """The same table in LaTeX, with its caption; empty where there is none."""
    match ratio_table(tables):
        case [Table() as table, Paragraph(meaning)]:
            groups = [column.title for column in table.header].index("sigma")
            return latex.caption("tab:ratios", "Variance ratios", meaning) + latex.table(table, groups)
        case _:
            return ""


def _three_sigmas(tables: Tables) -> tuple[pd.DataFrame, dict[str, float]]:
    """The rows of the table, and the values of the axes that it is cut at."""
    rows = slices.measured(tables["ratios"], "variance_ratio")
    if rows.empty:
        return rows, {}
    rows, chosen = slices.middle(rows, ["mu", "dataset_size", "samples"])
    sigmas = sorted(rows["sigma"].unique())
    rows = rows[rows["sigma"].isin([sigmas[0], sigmas[len(sigmas) // 2], sigmas[-1]])]
    curves = [curve.sort_values("sigma") for _, curve in rows.groupby([*slices.FACETS, "numerator"], sort=False)]
    return pd.concat(curves), chosen


def _measured(row: Row) -> Interval:
    return interval(row, "variance_ratio")


def _exact(row: Row) -> Number:
    return Number(row["exact_variance_ratio"])
