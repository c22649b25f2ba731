"""The columns of firsts.csv: of two estimators of a fit in the same setting, which one comes near the least F first.

Replicate by replicate, on common draws. `p` is of an exact sign test, `adjusted_p` after Holm's correction over all
rows of a setting: pairs of estimators, shares of the gap and measures. Its rows are made in `bench.descent.firsts`.
"""

import itertools
from collections.abc import Iterator

from bench.tables.curves import LEARNER
from bench.tables.schema import Expected, Row, Table, Tables, counts, numbers, texts

SETTING = {column: kind for column, kind in LEARNER.items() if column != "estimator"}
MEASURES = ("evaluations", "seconds")
LEVEL = 0.05  # of the adjusted p below which there is a winner


def expected(tables: Tables) -> Iterator[Expected]:
    """Every pair of estimators whose times are of the same setting and share, in each measure that was taken."""
    together: dict[tuple[str, ...], list[Row]] = {}
    for row in tables["times"]:
        if row["steps"]:
            together.setdefault(tuple(row[column] for column in (*SETTING, "share")), []).append(row)
    for rows in together.values():
        for first, second in itertools.combinations(rows, 2):
            pair = {**first, "estimator": first["estimator"], "rival": second["estimator"]}
            for measure in MEASURES:
                if first[measure] and second[measure]:
                    yield Expected({**pair, "measure": measure}, "times", first)


FIRSTS = Table(
    name="firsts",
    title="Who gets there first",
    summary="of two estimators, which one reaches a gap first: replicates won and lost, and how strong the evidence is",
    keys={**SETTING, **numbers("share"), **texts("measure estimator rival")},
    measured={
        **counts("replicates earlier later ties"),
        **numbers("p adjusted_p"),
        **texts("first"),
    },
    expected=expected,
)
