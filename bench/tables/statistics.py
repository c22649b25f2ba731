"""The columns of statistics.csv: a row for each estimator, parameter and cell, in plan order, skipped ones too.

Its rows are made in `bench.oracle.rows`. `evaluations` are looks at f and at its derivatives that an estimate takes,
`pilot_evaluations` those that were taken once, before the first, for what an estimator freezes. Where f is of a random
batch of the data, `exact_batch_variance` is what of `exact_variance` is the batch's, and stays for any number of draws.
"""

from collections.abc import Iterator

from bench.tables.ratios import below
from bench.tables.schema import CELL, GRID, Expected, Table, Tables, counts, numbers, texts


def expected(tables: Tables) -> Iterator[Expected]:
    """The numerator of every ratio, and what is below it unless that is in a cell that there may not be."""
    for ratio in tables["ratios"]:
        yield Expected({**ratio, "estimator": ratio["numerator"]}, "ratios", ratio)
        if "@" not in ratio["denominator"] or not ratio["status"].startswith("skipped"):
            yield Expected({**ratio, **below(ratio)}, "ratios", ratio)


STATISTICS = Table(
    name="statistics",
    title="Gradients and variances",
    summary="gradients and variances of every estimator, parameter and cell, measured and exact",
    keys={**CELL, **texts("estimator"), **GRID},
    measured={
        **counts("replicates evaluations pilot_evaluations"),
        **numbers("gradient gradient_se exact_gradient gradient_z bias"),
        **numbers("variance variance_low variance_high exact_variance exact_batch_variance variance_z kurtosis mse"),
        **texts("oracle status"),
    },
    expected=expected,
)
