"""The columns of exact.csv: exact moments along the axes that a sweep is asked for, between its own values too.

Its rows are made in `bench.oracle.fine`.
"""

from bench.tables.schema import CELL, GRID, Table, numbers, texts

EXACT = Table(
    name="exact",
    title=None,  # hundreds of points that make a line
    summary="exact gradients and variances along an axis, at and between the values that were measured",
    keys={**CELL, **texts("estimator"), **GRID, **texts("x_axis"), **numbers("x"), **texts("y_axis"), **numbers("y")},
    measured=numbers("exact_gradient bias exact_variance"),
    expected=lambda tables: (),
    optional=True,
)
