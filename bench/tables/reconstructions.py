"""The columns of reconstructions.csv: pictures of digits and of what a fitted autoencoder makes of them.

A row without an estimator is a digit as it is. Pixels go row by row from the top left, 0 to 1. Its rows are made in
`bench.vae.pictures`.
"""

from bench.tables.schema import Table, counts, numbers, texts

RECONSTRUCTIONS = Table(
    name="reconstructions",
    title=None,
    summary="held-out digits and their reconstructions, where an autoencoder was fitted",
    keys={**counts("dimension samples"), **texts("entropy estimator"), **counts("digit")},
    measured=numbers(" ".join(f"pixel_{i}" for i in range(64))),
    expected=lambda tables: (),
    optional=True,
)
