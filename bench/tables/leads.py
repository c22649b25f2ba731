"""The columns of leads.csv: of two treatments of the entropy, which one is nearer the least F at each checkpoint.

All else of the two learners is equal, the draws too, so their gaps are compared replicate by replicate. `p` is of an
exact sign test, `adjusted_p` after Holm's correction over all rows of a setting: estimators, pairs of treatments and
checkpoints. Its rows are made in `bench.descent.leads`.
"""

import itertools
from collections.abc import Iterator

from bench.tables.firsts import ALIKE, SETTING
from bench.tables.schema import Expected, Row, Table, Tables, counts, numbers, texts


def expected(tables: Tables) -> Iterator[Expected]:
    """Every two points of the curves that differ in the entropy alone."""
    together: dict[tuple[str, ...], list[Row]] = {}
    for point in tables["curves"]:
        if point["gap"]:
            together.setdefault(tuple(point[column] for column in (*ALIKE, "estimator", "step")), []).append(point)
    for points in together.values():
        for first, second in itertools.combinations(points, 2):
            yield Expected({**first, "rival": second["entropy"]}, "curves", first)


LEADS = Table(
    name="leads",
    title=None,
    summary="of two treatments of the entropy, which one is nearer the least F at each checkpoint",
    keys={**SETTING, **texts("estimator rival"), **counts("step")},
    measured={**counts("replicates nearer farther ties"), **numbers("p adjusted_p"), **texts("ahead")},
    expected=expected,
    optional=True,
)
