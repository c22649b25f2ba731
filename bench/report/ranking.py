"""Who wins: in each cell the estimators by error times work, and how often each may be the best.

Error is the mean squared error, which is the variance where there is no bias, over that of the reference in the same
cell; work is seconds, or evaluations of f and its derivatives, over those of the reference. It is the one ranking of
the suite: the report, the index, `export` and the documents tell it alike. Of a fit: what each leaves of the gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bench.report.sections.ends import share_left
from bench.report.sections.phrases import Tables
from bench.statistics.best import may_be_least
from bench.tables import slices
from bench.tables.efficiency import EFFICIENCY
from bench.tables.ratios import RATIOS
from bench.tables.statistics import STATISTICS

WORK = ("seconds", "evaluations")
ENDS = ("value", "low", "high")
SUFFIXES = ("", "_low", "_high")
CELL = tuple(key for key in EFFICIENCY.keys if key not in ("numerator", "denominator"))


@dataclass(frozen=True, slots=True)
class Standing:
    """An estimator over the cells of a sweep, a cell for each parameter: in how many it is among the best, by work.

    With the error times evaluations over that of the reference, which has 1.
    """

    estimator: str
    best: Mapping[str, int]
    cells: Mapping[str, int]
    smallest: float
    median: float
    largest: float
    biased: bool


def ranking(tables: Tables, work: str) -> pd.DataFrame:
    """A row for each cell and estimator: `value` with its ends, its `rank`, and whether it is among the `best`.

    By seconds a cell is one way to evaluate f; by evaluations the column is empty, and no time need be known.
    """
    rows = _of_seconds(tables) if work == "seconds" else _of_evaluations(tables)
    for name, end in zip(ENDS, SUFFIXES, strict=True):
        mse, variance = (rows[f"{column}{end}"].astype(float) for column in ("mse_ratio", "variance_ratio"))
        ratio = mse.where(np.isfinite(mse), variance)
        rows[name] = (ratio * rows[f"work{end}"]).where(rows["variance_ratio"] != 0, 0.0)
    rows = rows.assign(estimator=rows["numerator"])
    rows = rows[np.isfinite(rows[[*ENDS]].astype(float)).all(axis=1) & ((rows["low"] > 0) | (rows["value"] == 0))]
    itself = rows.drop_duplicates([*CELL]).assign(**dict.fromkeys(ENDS, 1.0))
    both = pd.concat([itself.assign(estimator=itself["denominator"]), rows], ignore_index=True)
    groups, best = both.groupby([*CELL], dropna=False, sort=False), np.zeros(len(both), dtype=bool)
    for places in groups.indices.values():
        best[places] = may_be_least(*(both[name].to_numpy(float)[places] for name in ENDS))
    return both.assign(best=best, rank=groups["value"].rank(method="min").astype(int))


def _of_seconds(tables: Tables) -> pd.DataFrame:
    """The ratios inside a cell that have a time, `work` with ends so that their product is the efficiency's."""
    keys = [key for key in EFFICIENCY.keys if key != "evaluation"]
    measured = [f"{name}{end}" for name in ("variance_ratio", "mse_ratio") for end in SUFFIXES]
    rows = slices.shown(tables["efficiency"]).drop(columns="variance_ratio")
    rows = rows.merge(tables["ratios"][[*keys, *measured]], on=keys, how="left")
    for end in SUFFIXES:
        rows[f"work{end}"] = rows[f"efficiency_ratio{end}"] / rows[f"variance_ratio{end}"]
    return rows


def _of_evaluations(tables: Tables) -> pd.DataFrame:
    """The ratios inside a cell, `work` the evaluations of an estimate over the reference's."""
    rows = slices.shown(tables["ratios"])
    rows = rows[~rows["denominator"].astype(str).str.contains("@")]
    counted = tables["statistics"][[*STATISTICS.keys, "evaluations"]]
    cell = [key for key in RATIOS.keys if key in STATISTICS.keys]
    for side in ("numerator", "denominator"):
        looks = counted.rename(columns={"estimator": side, "evaluations": f"looks_{side}"})
        rows = rows.merge(looks, on=[*cell, side], how="left")
    work = rows["looks_numerator"] / rows["looks_denominator"]
    return rows.assign(evaluation="", **dict.fromkeys((f"work{end}" for end in SUFFIXES), work))


def ranked(tables: Tables) -> dict[str, pd.DataFrame]:
    """The ranking by each kind of work that is known."""
    return {work: rows for work in WORK if not (rows := ranking(tables, work)).empty}


def standings(tables: Tables, by_work: Mapping[str, pd.DataFrame] | None = None) -> list[Standing]:
    """The estimators of a sweep, first what is most often among the best by seconds, or else by evaluations.

    Of two that are so equally often, the one of the lower median error times evaluations. `by_work` is what `ranked`
    gives of the tables, where that is known.
    """
    by_work = ranked(tables) if by_work is None else by_work
    if not by_work:
        return []
    first, evaluations = next(iter(by_work)), by_work["evaluations"]
    bias = tables["statistics"].groupby("estimator")["bias"].agg(lambda column: column.abs().max())
    told = []
    for name, rows in evaluations.groupby("estimator", sort=False):
        its = {work: ranks[ranks["estimator"] == name]["best"] for work, ranks in by_work.items()}
        smallest, median, largest = (float(rows["value"].quantile(share)) for share in (0, 0.5, 1))
        best = {work: int(column.sum()) for work, column in its.items()}
        cells = {work: len(column) for work, column in its.items()}
        told.append(Standing(str(name), best, cells, smallest, median, largest, bool(abs(bias.get(name, 0.0)) > 0)))
    return sorted(told, key=lambda standing: (-standing.best[first], standing.median))


def by_objective(tables: Tables) -> Sequence[tuple[str, list[Standing]]]:
    """The standings on each objective of a sweep."""
    names = sorted(tables["ratios"]["objective"].unique())
    frames = {name: tables[name] for name in ("ratios", "efficiency", "statistics")}
    return [
        (str(name), standings({table: rows[rows["objective"] == name] for table, rows in frames.items()}))
        for name in names
    ]


def left_of_gap(tables: Tables) -> list[tuple[str, float]]:
    """The estimators of a fit with the median share of the gap that is left to them, the lowest first.

    Nothing of a fit whose least F is not known.
    """
    medians = share_left(tables["curves"]).dropna().groupby("estimator").median()
    return sorted(((str(name), float(share)) for name, share in medians.items()), key=lambda pair: pair[1])
