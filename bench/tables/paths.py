"""The columns of paths.csv: theta of the replicate whose final loss is the median, at every checkpoint of a fit.

Its rows are made in `bench.descent.curves`.
"""

from collections.abc import Iterator

from bench.tables.curves import LEARNER
from bench.tables.schema import Expected, Table, Tables, counts, numbers, texts


def expected(tables: Tables) -> Iterator[Expected]:
    """A place for every point of a curve."""
    for point in tables["curves"]:
        yield Expected({**point, "component": "0"}, "curves", point)


PATHS = Table(
    name="paths",
    title=None,
    summary="theta of the replicate whose final loss is the median, at every checkpoint",
    keys={**LEARNER, **counts("step component")},
    measured={**counts("replicate"), **texts("theta"), **numbers("mu sigma")},
    expected=expected,
)
