"""The columns of firsts.csv: of two learners of a fit in the same setting, which one comes near the least F first.

Replicate by replicate, on common draws. Where the learners of a setting differ in the entropy too, it stands in their
names, `pathwise, closed_form`, and not in its column. `p` is of an exact sign test, `adjusted_p` after Holm's
correction over all rows of a setting: pairs of learners, shares of the gap and measures. Its rows are made in
`bench.descent.firsts`.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bench.tables.curves import LEARNER
from bench.tables.schema import Expected, Row, Table, Tables, counts, numbers, texts

if TYPE_CHECKING:  # slow to import, and only figures and reports need it
    import pandas as pd

SETTING = {column: kind for column, kind in LEARNER.items() if column != "estimator"}
ALIKE = tuple(column for column in SETTING if column != "entropy")  # what learners share that are compared
SAME = 1e-9  # of a number: treatments of the entropy that are equal in exact arithmetic differ by less
MEASURES = ("evaluations", "seconds")
LEVEL = 0.05  # of the adjusted p below which there is a winner


def named(rows: Sequence[Row]) -> list[Row]:
    """Rows of learners that are compared, with what they differ in as their `estimator`: the entropy may be in it."""
    if len({row["entropy"] for row in rows}) == 1:
        return [*rows]
    return [{**row, "estimator": f"{row['estimator']}, {row['entropy']}", "entropy": ""} for row in rows]


def names(frame: "pd.DataFrame") -> "pd.Series[str]":
    """What the learners of another table of a fit are called here, by row."""
    differ = frame.groupby([*ALIKE], sort=False, dropna=False)["entropy"].transform("nunique") > 1
    return frame["estimator"].where(~differ, frame["estimator"] + ", " + frame["entropy"])


def expected(tables: Tables) -> Iterator[Expected]:
    """Every pair of learners whose times are of the same setting and share, in each measure that was taken."""
    together: dict[tuple[str, ...], list[Row]] = {}
    for row in tables["times"]:
        if row["steps"]:
            together.setdefault(tuple(row[column] for column in (*ALIKE, "share")), []).append(row)
    for rows in together.values():
        for first, second in itertools.combinations(named(rows), 2):
            pair = {**first, "rival": second["estimator"]}
            for measure in MEASURES:
                if first[measure] and second[measure]:
                    yield Expected({**pair, "measure": measure}, "times", first)


FIRSTS = Table(
    name="firsts",
    title="Who gets there first",
    summary="of two learners, which one reaches a gap first: replicates won and lost, and how strong the evidence is",
    keys={**SETTING, **numbers("share"), **texts("measure estimator rival")},
    measured={
        **counts("replicates earlier later ties"),
        **numbers("p adjusted_p"),
        **texts("first"),
    },
    expected=expected,
)
