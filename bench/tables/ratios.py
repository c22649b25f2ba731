"""The columns of ratios.csv: the variance of every other estimator over that of the reference, in plan order.

Its rows are made in `bench.oracle.rows`.
"""

from collections.abc import Iterator

from bench.tables.schema import CELL, GRID, Expected, Row, Table, Tables, numbers, texts


def expected(tables: Tables) -> Iterator[Expected]:
    """Every other estimator over the denominator of its cell, where a ratio of that cell names it."""
    denominators = {_cell(row): row["denominator"] for row in tables["ratios"]}
    for row in tables["statistics"]:
        denominator = denominators.get(_cell(row), row["estimator"])
        if row["estimator"] != denominator:
            yield Expected({**row, "numerator": row["estimator"], "denominator": denominator}, "statistics", row)


def _cell(row: Row) -> tuple[str, ...]:
    """The columns that name a cell."""
    return tuple(row[column] for column in (*CELL, *GRID) if column != "parameter")


RATIOS = Table(
    name="ratios",
    title="Variance ratios",
    summary="variance ratios to the reference, measured and exact",
    keys={**CELL, **texts("numerator denominator"), **GRID},
    measured={
        **numbers("replicates variance_ratio variance_ratio_low variance_ratio_high exact_variance_ratio"),
        **numbers("mse_ratio mse_ratio_low mse_ratio_high"),
        **texts("status"),
    },
    expected=expected,
)
