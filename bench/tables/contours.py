"""The columns of contours.csv: exact F around the paths of a fit, over two parameters that all components share.

A row of `place` grid is a point of a grid, one of `place` least is where F is least. Its rows are made in
`bench.descent.contours`.
"""

from bench.tables.schema import Table, counts, numbers, texts

SURFACE = {**texts("objective variant latent family components data"), **counts("dataset_size dimension")}
GRID, LEAST = "grid", "least"

CONTOURS = Table(
    name="contours",
    title=None,
    summary="exact F on a grid of the two parameters around the paths, and where it is least",
    keys={**SURFACE, **texts("place theta")},
    measured=numbers("loss gap"),
    expected=lambda tables: (),
    optional=True,
)
