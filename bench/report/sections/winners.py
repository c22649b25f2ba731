"""Who wins: in each cell the estimators by mean squared error times work, and which may be the best.

What is said of when to use which is read off the cells of this run, and off nothing else.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from bench.markup.blocks import Block, Bullets, Cell, Column, Heading, Interval, Number, Paragraph, Table
from bench.markup.numbers import spoken
from bench.report.sections import wording
from bench.report.sections.phrases import Tables, slice_title
from bench.statistics.best import LEVEL, may_be_least
from bench.tables import slices
from bench.tables.efficiency import EFFICIENCY

WORK = ("seconds", "evaluations")
ENDS = ("value", "low", "high")
CELL = tuple(key for key in EFFICIENCY.keys if key not in ("numerator", "denominator"))
FACETS = (*slices.FACETS, "evaluation")
CONDITIONS = (*FACETS, *slices.AXES, "parameter")
MOST = 3  # conditions that are said of an estimator


def winners(tables: Tables) -> list[Block]:
    """How often each is among the best and when, by seconds and by evaluations; the ranking in the middle cell."""
    ranked = {work: rows for work in WORK if not (rows := ranking(tables, work)).empty}
    if not ranked:
        return []
    meaning = (
        "Ranked by mean squared error, which is the variance where there is no bias, times work, over that of the "
        "reference in the same cell; work is seconds, or evaluations of f and its derivatives, without those that a "
        "pilot took once. Among the best are those that are not significantly worse than any other: multiple "
        "comparisons with the best (Hsu 1984), which leave out a best one with a chance of at most "
        f"{100 * LEVEL:.0f} % in a cell. "
    )
    middle = {work: _middle(rows) for work, rows in ranked.items()}
    of_first, chosen = next(iter(middle.values()))
    return [
        Heading(2, "Who wins"),
        Bullets(list(_sentences(ranked))),
        *(_table(rows, work) for work, (rows, _) in middle.items()),
        Paragraph(meaning + slice_title(of_first, chosen)),
    ]


def ranking(tables: Tables, work: str) -> pd.DataFrame:
    """A row for each cell and estimator: `value` with its ends, its `rank`, and whether it is among the `best`."""
    keys, ends = [key for key in EFFICIENCY.keys if key != "evaluation"], ("", "_low", "_high")
    told = [f"mse_ratio{end}" for end in ends], [f"variance_ratio{end}" for end in ends]
    measured = tables["ratios"][[*keys, *told[0], *told[1][1:]]]
    rows = slices.shown(tables["efficiency"]).merge(measured, on=keys, how="left")
    for name, end, mse, variance in zip(ENDS, ends, *told, strict=True):
        ratio = rows[mse].where(np.isfinite(rows[mse].astype(float)), rows[variance]).astype(float)
        of_work = rows[f"efficiency_ratio{end}"] / rows[variance] if work == "seconds" else rows["evaluations_ratio"]
        rows[name] = (ratio * of_work).where(rows["variance_ratio"] != 0, 0.0)
    rows = rows.assign(estimator=rows["numerator"])
    rows = rows[np.isfinite(rows[[*ENDS]].astype(float)).all(axis=1) & ((rows["low"] > 0) | (rows["value"] == 0))]
    itself = rows.drop_duplicates([*CELL]).assign(**dict.fromkeys(ENDS, 1.0))
    both = pd.concat([itself.assign(estimator=itself["denominator"]), rows], ignore_index=True)
    groups, best = both.groupby([*CELL], dropna=False, sort=False), np.zeros(len(both), dtype=bool)
    for places in groups.indices.values():
        best[places] = may_be_least(*(both[name].to_numpy(float)[places] for name in ENDS))
    return both.assign(best=best, rank=groups["value"].rank(method="min").astype(int))


def _sentences(ranked: dict[str, pd.DataFrame]) -> Iterator[str]:
    """When to use each estimator, those that are most often among the best first."""
    first = next(iter(ranked.values()))
    names = first.groupby("estimator", sort=False)["best"].sum().sort_values(ascending=False, kind="stable").index
    for name in names:
        told = {work: _told(rows[rows["estimator"] == name]) for work, rows in ranked.items()}
        for words in dict.fromkeys(told.values()):
            works = " and ".join(f"at equal {work}" for work in told if told[work] == words)
            yield f"{wording.name(name)}, {works}: {words}."


def _told(rows: pd.DataFrame) -> str:
    """In how many cells an estimator is among the best, and where."""
    count, size = int(rows["best"].sum()), len(rows)
    if count in (0, size):
        how = "use it here, for it is among the best" if count else "worse than the best"
        return f"{how} in all {size} comparisons" if size > 1 else f"{how} in the one comparison"
    when = "; ".join(_conditions(rows))
    return f"among the best in {count} of {size} comparisons{f'; use it where {when}' if when else ''}"


def _conditions(rows: pd.DataFrame) -> list[str]:
    """Values of a key at which an estimator is always among the best, where it is not so at all of them."""
    told = []
    for key in CONDITIONS:
        always = rows.groupby(key, sort=False)["best"].all()
        values = [_value(key, value) for value in always.index[always]]
        if 0 < len(values) < len(always):
            told.append(f"{_key(key)} is {' or '.join(values)}")
    return told[:MOST]


def _key(key: str) -> str:
    """A key in words."""
    return {"parameter": "the gradient", "latent": "the draw", "variant": "the objective"}.get(key) or wording.sign(key)


def _value(key: str, value: str | float) -> str:
    """Its value: by sigma, shared, 100."""
    if not isinstance(value, str):
        return spoken(value)
    words = {"parameter": f"by {wording.sign(value)}", "latent": value.replace("_", " ")}
    return words.get(key) or wording.told(key, value)


def _middle(ranked: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, float]]:
    """The rows of the middle cell, and the values of the axes there."""
    rows, chosen = slices.middle(slices.middle_theta(ranked), slices.AXES)
    return rows[(rows[[*FACETS]] == rows[[*FACETS]].iloc[0]).all(axis=1)], chosen


def _table(rows: pd.DataFrame, work: str) -> Table:
    """The ranking in a cell, by parameter."""
    lines: list[list[Cell]] = []
    for row in rows.sort_values(["parameter", "rank"], kind="stable").to_dict("records"):
        interval = Interval(*(Number(row[name]) for name in ENDS))
        lines.append([row["parameter"], str(row["rank"]), row["estimator"], interval, "yes" if row["best"] else "no"])
    header = ["parameter", "rank", "estimator", f"error times {work}", "among the best"]
    return Table([*map(Column, header)], lines, f"The ranking in one cell, by {work}")
