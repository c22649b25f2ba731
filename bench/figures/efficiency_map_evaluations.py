"""Efficiency ratio over sigma and dataset_size, by evaluations of f and its derivatives in the place of seconds."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from bench.figures import efficiency_map
from bench.spec import Figure, Slice

RATIO = "evaluation_efficiency_ratio"


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """The ratios over all sigmas and dataset sizes; None where all take equally many, so that variances tell it all."""
    if (tables["efficiency"]["evaluations_ratio"] == 1).all():
        return None
    return efficiency_map.select(tables, RATIO)


PLUGIN = Figure(
    name="efficiency_map_evaluations",
    title=r"Efficiency ratio by evaluations over $\sigma$ and the number of data",
    caption="Variance times evaluations of f and its derivatives of each estimator over that of {reference}, whatever "
    "an evaluation costs: above 1 (blue) {reference} needs fewer for a given precision"
    "{below evaluation_efficiency_ratio}.",
    select=select,
    draw=partial(efficiency_map.draw, ratio=RATIO, words_of="by evaluations"),
)
