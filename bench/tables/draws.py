"""The columns of draws.csv: single draws of f and of the gradients of two estimators in one cell, on request.

Its rows are made in `bench.oracle.draws`.
"""

from bench.tables.schema import CELL, GRID, Table, counts, numbers, texts

DRAWS = Table(
    name="draws",
    title=None,  # a row for each of a thousand draws
    summary="single draws of f and of the gradients of two estimators in one cell, on the same noise",
    keys={**CELL, **texts("estimator"), **GRID, **counts("draw")},
    measured=numbers("f gradient exact_gradient"),
    expected=lambda tables: (),
    optional=True,
)
