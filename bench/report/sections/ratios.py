"""The variance ratios as a table, for the report and for a paper."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from bench.drawing import sentences, words
from bench.markup import latex
from bench.markup.blocks import Block, Cell, Heading, Interval, Paragraph, Table
from bench.report.sections.formulas import stated
from bench.report.sections.phrases import (
    DISAGREES,
    Row,
    Tables,
    caption,
    derived,
    exact,
    exact_ratio,
    interval,
    side_by_side,
    slice_title,
)
from bench.tables import slices

Value = TypeVar("Value", str, float)


def ratios(tables: Tables) -> list[Block]:
    """The table below its title, then that of the samplers."""
    return [Heading(2, "Variance ratios"), *ratio_table(tables), *sampler_table(tables)]


def sampler_table(tables: Tables) -> list[Block]:
    """The same table of the ratios that hold a sampler against independent draws; nothing where there are none."""
    rows, chosen = _three_values(slices.between_samplers(tables["ratios"], "variance_ratio"))
    if rows.empty:
        return []
    meaning = "Variance of each estimator with the draws of a sampler over its variance with independent ones."
    return [*_side_by_side(rows), Paragraph(f"{meaning} {derived(rows, 'ratios')}{slice_title(rows, chosen)}")]


def ratio_table(tables: Tables) -> list[Block]:
    """The variance ratios at the smallest, the middle and the largest sigma or theta, measured beside exact."""
    rows, chosen = _three_values(slices.measured(tables["ratios"], "variance_ratio"))
    if rows.empty:
        return [Paragraph("No variance ratio was measured.")]
    meaning = caption(
        "Variance of the numerator over that of {reference}, with its 95 % interval; above 1 {reference} has the lower "
        "variance.",
        rows,
    )
    return [*_side_by_side(rows), Paragraph(f"{meaning} {derived(rows, 'ratios')}{slice_title(rows, chosen)}")]


def ratio_latex(tables: Tables) -> str:
    """The same table in LaTeX, in words and symbols, with its caption in sentences; empty where there is none."""
    rows, chosen = _three_values(slices.measured(tables["ratios"], "variance_ratio"))
    if rows.empty:
        return ""
    meaning = caption(
        "Variance of each estimator over that of {reference}: measured, with the ends of its 95 % interval in small "
        "type, and exact. Above 1 {reference} has the lower variance.",
        rows,
        words.label,
    )
    also = derived(rows, "ratios", words.symbol)
    cells = sentences.sentence(rows, (*slices.FACETS, "data"), chosen)
    said = " ".join(filter(None, (meaning, also.strip(), cells, stated(rows))))
    bodies = [_latex(table) for table in _side_by_side(rows)]
    return latex.caption("tab:ratios", "Variance ratios", said) + "\\par\\medskip\n".join(bodies)


def _latex(table: Table) -> str:
    """A table whose rows stand below the numerator and all that is before it, or below what is before it alone."""
    titles = [column.title for column in table.header if not column.above]
    header = [replace(item, title=words.symbol(item.title), above=words.symbol(item.above)) for item in table.header]
    names = [column.title for column in table.header]
    rows = [
        [words.told(name, item) if isinstance(item, str) else item for name, item in zip(names, row, strict=True)]
        for row in table.rows
    ]
    groups = titles.index("numerator") + (titles[-1] != "numerator")
    return latex.table(replace(table, header=header, rows=rows), groups)


def _side_by_side(rows: pd.DataFrame) -> list[Table]:
    """Measured beside exact, a table for each family."""
    keys = ["numerator", "sigma", *(["theta"] if rows["theta"].nunique() > 1 else [])]
    return side_by_side(rows, keys, {"measured": _measured, "exact": _exact})


def _three_values(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, float]]:
    """The rows of the table, and the values of the axes that it is cut at."""
    if rows.empty:
        return rows, {}
    rows, chosen = slices.middle(rows, ["mu", "dataset_size", "samples"])
    sigmas = _three(sorted(rows["sigma"].dropna().unique()))
    rows = rows[rows["sigma"].isna() | rows["sigma"].isin(sigmas)]
    thetas = [theta for _, group in rows.groupby("family", sort=False) for theta in _three(_thetas(group))]
    rows = rows[rows["theta"].isin(["", *thetas])]
    curves = [
        curve.sort_values("sigma")
        for _, curve in rows.groupby([*(key for key in slices.FACETS if key != "theta"), "numerator"], sort=False)
    ]
    return pd.concat(curves), chosen


def _thetas(rows: pd.DataFrame) -> list[str]:
    return [theta for theta in rows["theta"].unique() if theta]


def _three(values: Sequence[Value]) -> list[Value]:
    """The first, the middle and the last, as far as there are so many."""
    return list(dict.fromkeys([values[0], values[len(values) // 2], values[-1]])) if values else []


def _measured(row: Row) -> Interval:
    return interval(row, "variance_ratio")


def _exact(row: Row) -> Cell:
    return exact_ratio(row) if row["status"] == DISAGREES else exact(row["exact_variance_ratio"])
