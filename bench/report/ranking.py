"""Which estimator varies least, whatever it costs: over the cells of a sweep; of a fit, what each leaves of the gap.

Who wins when work counts is another question, which `bench.report.sections.winners` answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from bench.report.sections.ends import last
from bench.report.sections.phrases import Tables
from bench.tables import slices
from bench.tables.curves import LEARNER

CELL = (*slices.FACETS, "data", "parameter", *slices.AXES)  # what rows of ratios.csv share that may be compared
TIE = 1e-9  # of variances that are equal but for round-off


@dataclass(frozen=True, slots=True)
class Rank:
    """An estimator over the cells of a sweep, a cell for each parameter: in how many it has the least variance.

    With its variance ratios; `evaluations` is the median ratio at as many evaluations of f, None of the references.
    """

    estimator: str
    least: int
    cells: int
    smallest: float
    median: float
    largest: float
    evaluations: float | None
    biased: bool


def by_variance(tables: Tables) -> list[Rank]:
    """The estimators of a sweep, the one of the lowest median ratio first; what ratios are over has ratio 1."""
    rows = slices.measured(tables["ratios"], "variance_ratio")
    if rows.empty:
        return []
    rows = rows.assign(ratio=rows["exact_variance_ratio"].fillna(rows["variance_ratio"]).astype(float))
    references = rows.drop_duplicates([*CELL, "denominator"])
    references = references.assign(ratio=1.0, numerator=references["denominator"])
    everyone = pd.concat([references, rows[rows["numerator"] != rows["denominator"]]])
    lowest = everyone.groupby([*CELL], dropna=False)["ratio"].transform("min")
    everyone = everyone.assign(least=everyone["ratio"] <= lowest * (1 + TIE))
    work = slices.measured(tables["efficiency"], "evaluation_efficiency_ratio")
    medians = work.groupby("numerator")["evaluation_efficiency_ratio"].median()
    bias = tables["statistics"].groupby("estimator")["bias"].agg(lambda column: column.abs().max())
    ranks = [_rank(str(name), group, medians, bias) for name, group in everyone.groupby("numerator")]
    return sorted(ranks, key=lambda rank: rank.median)


def _rank(name: str, rows: pd.DataFrame, medians: Mapping[str, float], bias: Mapping[str, float]) -> Rank:
    smallest, median, largest = (float(rows["ratio"].quantile(share)) for share in (0, 0.5, 1))
    evaluations, biased = medians.get(name), bool(abs(bias.get(name, 0.0)) > 0)
    return Rank(name, int(rows["least"].sum()), len(rows), smallest, median, largest, evaluations, biased)


def by_objective(tables: Tables) -> Sequence[tuple[str, list[Rank]]]:
    """The ranking on each objective of a sweep."""
    names = tables["ratios"]["objective"].unique()
    frames = {name: tables[name] for name in ("ratios", "efficiency", "statistics")}
    return [
        (str(name), by_variance({table: rows[rows["objective"] == name] for table, rows in frames.items()}))
        for name in sorted(names)
    ]


def left_of_gap(tables: Tables) -> list[tuple[str, float]]:
    """The estimators of a fit with the median share of the gap that is left to them, the lowest first.

    Nothing of a fit whose least F is not known.
    """
    curves = tables["curves"]
    start = curves[curves["step"] == 0].set_index([*LEARNER])["gap"].astype(float)
    shares = (last(curves).set_index([*LEARNER])["gap"].astype(float) / start).dropna()
    medians = shares.groupby("estimator").median()
    return sorted(((str(name), float(share)) for name, share in medians.items()), key=lambda pair: pair[1])
