"""The columns of ratios.csv: the variance of every other estimator over that of the reference, in plan order.

Its rows are made in `bench.oracle.rows`.
"""

from collections.abc import Iterator

from bench.spec import REFERENCE
from bench.tables.schema import CELL, GRID, Expected, Table, Tables, numbers, texts


def expected(tables: Tables) -> Iterator[Expected]:
    """Every other estimator over the reference, if the reference is in the run."""
    if any(row["estimator"] == REFERENCE for row in tables["statistics"]):
        for row in tables["statistics"]:
            if row["estimator"] != REFERENCE:
                yield Expected({**row, "numerator": row["estimator"], "denominator": REFERENCE}, "statistics", row)


RATIOS = Table(
    name="ratios",
    title="Variance ratios",
    summary="variance ratios to pathwise, measured and exact",
    keys={**CELL, **texts("numerator denominator"), **GRID},
    measured={
        **numbers("replicates variance_ratio variance_ratio_low variance_ratio_high exact_variance_ratio"),
        **texts("status"),
    },
    expected=expected,
)
