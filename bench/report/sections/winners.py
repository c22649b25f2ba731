"""Who wins: in each cell the estimators by mean squared error times work, and which may be the best.

What is said of when to use which is read off the cells of this run, and off nothing else.
"""

from collections.abc import Iterator

import pandas as pd

from bench.markup.blocks import Block, Bullets, Cell, Column, Heading, Interval, Number, Paragraph, Table
from bench.markup.numbers import spoken
from bench.report.ranking import ENDS, ranked, standings
from bench.report.sections import wording
from bench.report.sections.phrases import Tables, slice_title
from bench.statistics.best import LEVEL
from bench.tables import slices

FACETS = (*slices.FACETS, "evaluation")
CONDITIONS = (*FACETS, *slices.AXES, "parameter")
MOST = 3  # conditions that are said of an estimator


def winners(tables: Tables) -> list[Block]:
    """How often each is among the best and when, by seconds and by evaluations; the ranking in the middle cell."""
    by_work = ranked(tables)
    if not by_work:
        return []
    meaning = (
        "Ranked by mean squared error, which is the variance where there is no bias, times work, over that of the "
        "reference in the same cell; work is seconds, or evaluations of f and its derivatives, without those that a "
        "pilot took once. Among the best are those that are not significantly worse than any other: multiple "
        "comparisons with the best (Hsu 1984), which leave out a best one with a chance of at most "
        f"{100 * LEVEL:.0f} % in a cell. Of an estimator there are up to {_sizes(by_work)}. "
    )
    middle = {work: _middle(rows) for work, rows in by_work.items()}
    of_first, chosen = next(iter(middle.values()))
    return [
        Heading(2, "Who wins"),
        Bullets(list(_sentences(tables, by_work))),
        *(_table(rows, work) for work, (rows, _) in middle.items()),
        Paragraph(meaning + slice_title(of_first, chosen)),
    ]


def _sentences(tables: Tables, by_work: dict[str, pd.DataFrame]) -> Iterator[str]:
    """When to use each estimator, in the order of their standings; those of which the same is said, together."""
    names: dict[tuple[str, str], list[str]] = {}
    for name in (standing.estimator for standing in standings(tables, by_work)):
        told = {work: _told(rows[rows["estimator"] == name]) for work, rows in by_work.items()}
        for words in dict.fromkeys(told.values()):
            works = " and ".join(f"at equal {work}" for work in told if told[work] == words)
            names.setdefault((works, words), []).append(wording.name(name))
    for (works, words), alike in names.items():
        yield f"{wording.listed(alike)}, {works}: {words}."


def _sizes(by_work: dict[str, pd.DataFrame]) -> str:
    """How many comparisons an estimator is in at most: 480 comparisons at equal seconds."""
    return wording.listed(
        f"{rows.groupby('estimator').size().max()} comparisons at equal {work}" for work, rows in by_work.items()
    )


def _told(rows: pd.DataFrame) -> str:
    """In how many cells an estimator is among the best, and where."""
    count, size = int(rows["best"].sum()), len(rows)
    if count in (0, size):
        how = "use it here, for it is among the best" if count else "worse than the best"
        return f"{how} in all comparisons"
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


def _middle(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, float]]:
    """The rows of the middle cell of the facet with the most estimators, and the values of the axes there."""
    rows, chosen = slices.middle(slices.middle_theta(rows), slices.AXES)
    facets = rows[[*FACETS]].fillna("").apply(tuple, axis=1)
    return rows[facets == rows.groupby(facets, sort=False)["estimator"].nunique().idxmax()], chosen


def _table(rows: pd.DataFrame, work: str) -> Table:
    """The ranking in a cell, by parameter."""
    lines: list[list[Cell]] = []
    for row in rows.sort_values(["parameter", "rank"], kind="stable").to_dict("records"):
        interval = Interval(*(Number(row[name]) for name in ENDS))
        lines.append([row["parameter"], str(row["rank"]), row["estimator"], interval, "yes" if row["best"] else "no"])
    header = ["parameter", "rank", "estimator", f"error times {work}", "among the best"]
    return Table([*map(Column, header)], lines, f"The ranking in one cell, by {work}")
