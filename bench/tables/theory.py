"""The columns of theory.csv: what theory says of each learner of a fit, beside what was measured.

`kind` is how it is known (exact, first order, linear convergence), else why it is not. The stationary variance is the
trace over the free numbers, `floor` that of E F - F*, the contraction that of the squared error in a step, where it is
slowest. Measured numbers have their 95 % intervals. Its rows are made in `bench.descent.theory`.
"""

from collections.abc import Iterator

from bench.tables.curves import LEARNER
from bench.tables.schema import Expected, Table, Tables, numbers, texts

MEASURED = tuple(
    f"measured_{name}{end}" for name in ("variance", "floor", "contraction") for end in ("", "_low", "_high")
)


def expected(tables: Tables) -> Iterator[Expected]:
    """A row for every learner."""
    for point in tables["curves"]:
        yield Expected(point, "curves", point)


THEORY = Table(
    name="theory",
    title="Theory beside measurement",
    summary="variance at rest, floor of the gap and contraction of SGD with a constant rate: theory, and measured",
    keys=LEARNER,
    measured={**texts("kind note"), **numbers("stationary_variance floor contraction"), **numbers(" ".join(MEASURED))},
    expected=expected,
)
