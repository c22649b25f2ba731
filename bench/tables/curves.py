"""The columns of curves.csv: a row for each learner and checkpoint of a fit.

A quantity stands as its median over replicates, its 10 % and 90 % quantiles (`_low`, `_high`), and the 95 % interval of
the median (`_median_low`, `_median_high`). `gradient_norm` is that of the exact gradient by the parameters of the
family (mu, sigma); `step_variance` is the variance of one step's gradient by the free numbers, in which steps are taken
(mu, log sigma), summed over them: of 32 estimates at theta of each replicate and checkpoint. Its rows are made in
`bench.descent.curves`.
"""

import sys
from collections.abc import Iterator

from bench.tables.schema import CELL, Expected, Table, Tables, counts, numbers, texts

QUANTILES = (0.1, 0.9)
ROUND_OFF = 64 * sys.float_info.epsilon  # of F at the start, which F at its least is a sum of parts of the size of
ENDS = ("", "_low", "_high", "_median_low", "_median_high")
NAMES = ("loss", "gap", "distance", "gradient_norm", "step_variance", "mu", "sigma")
QUANTITIES = {name: tuple(f"{name}{end}" for end in ENDS) for name in NAMES}
START = dict.fromkeys(("objective", "variant", "latent", "family", "start", *tuple(CELL)[5:]), str)
LEARNER = {
    **START,
    **texts("estimator parameterisation optimiser schedule"),
    **numbers("learning_rate"),
    **counts("dataset_size samples dimension"),
}


def expected(tables: Tables) -> Iterator[Expected]:
    """The last place of every path."""
    for place in tables["paths"]:
        yield Expected(place, "paths", place)


CURVES = Table(
    name="curves",
    title="Learning curves",
    summary="loss, distance to the optimum, gradients and parameters of every learner at every checkpoint",
    keys={**LEARNER, **counts("step")},
    measured={
        **numbers("seconds"),
        **counts("evaluations replicates diverged"),
        **numbers(" ".join(column for columns in QUANTITIES.values() for column in columns)),
        **texts("theta oracle status"),
    },
    expected=expected,
)
