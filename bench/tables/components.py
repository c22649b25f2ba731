"""The columns of components.csv: the rows of statistics.csv of untied components, component by component, on request.

Its rows are made in `bench.oracle.rows`.
"""

from bench.tables.schema import CELL, GRID, Table, counts, numbers, texts

COMPONENTS = Table(
    name="components",
    title=None,  # a row for each component of up to thousands
    summary="gradients and variances of each component, where they are untied",
    keys={**CELL, **texts("estimator"), **GRID, **counts("component")},
    measured=numbers("exact_gradient gradient gradient_se gradient_z variance exact_variance variance_z"),
    expected=lambda tables: (),
    optional=True,
)
