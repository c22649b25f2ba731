"""The columns of draws.csv: histograms of single draws of f and of the gradients of two estimators in one cell.

A row for each bin; f has no estimator and no parameter. The rows are made in `bench.oracle.draws`.
"""

from bench.tables.schema import CELL, GRID, Table, counts, numbers, texts

DRAWS = Table(
    name="draws",
    title=None,  # sixty bins of each histogram
    summary="histograms of single draws of f and of the gradients of two estimators in one cell, on the same noise",
    keys={**CELL, **texts("estimator"), **GRID, **numbers("low high")},
    measured={**counts("count"), **numbers("variance exact_gradient")},
    expected=lambda tables: (),
    optional=True,
)
