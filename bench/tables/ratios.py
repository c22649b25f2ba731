"""The columns of ratios.csv: variances over those of the reference, in plan order; its rows: `bench.oracle.rows`.

What is below stands in `denominator`: ESTIMATOR, or ESTIMATOR@PLACE in the cell with that sampler or entropy instead.
Rows of another kind hold a sampler against independent draws, the same estimator on both sides: `to_itself`.
"""

from collections.abc import Iterator
from typing import get_args

from bench.spec import Entropy
from bench.tables.schema import CELL, GRID, Expected, Row, Table, Tables, counts, numbers, texts


def expected(tables: Tables) -> Iterator[Expected]:
    """Every other estimator over the denominator of its cell, where another ratio of that cell names it."""
    ratios = [row for row in tables["ratios"] if not to_itself(row["numerator"], row["denominator"])]
    denominators = {cell_of(row): row["denominator"] for row in ratios}
    for row in tables["statistics"]:
        denominator = denominators.get(cell_of(row), row["estimator"])
        if row["estimator"] != denominator:
            yield Expected({**row, "numerator": row["estimator"], "denominator": denominator}, "statistics", row)


def to_itself(numerator: str, denominator: str) -> bool:
    """Whether the same estimator is on both sides of a ratio, in two cells."""
    return denominator.startswith(f"{numerator}@")


def below(ratio: Row) -> Row:
    """The columns that name what is below a ratio: the estimator, and the sampler or the entropy of another cell."""
    estimator, _, place = ratio["denominator"].partition("@")
    column = "entropy" if place in get_args(Entropy) else "sampler"
    return {"estimator": estimator} | ({column: place} if place else {})


def cell_of(row: Row) -> tuple[str, ...]:
    """The columns that name a cell."""
    return tuple(row[column] for column in (*CELL, *GRID) if column != "parameter")


RATIOS = Table(
    name="ratios",
    title="Variance ratios",
    summary="variance ratios to the reference, measured and exact",
    keys={**CELL, **texts("numerator denominator"), **GRID},
    measured={
        **counts("replicates"),
        **numbers("variance_ratio variance_ratio_low variance_ratio_high exact_variance_ratio"),
        **numbers("mse_ratio mse_ratio_low mse_ratio_high"),
        **texts("status"),
    },
    expected=expected,
)
