"""Loss against seconds: how fast each estimator comes down, in the time that it takes.

The gap above the least F where one is known, else F itself.
"""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import learning
from bench.drawing.learning import Along
from bench.spec import Figure, Slice

ALONG = Along("seconds", "time of one replicate")


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """All points of the learning curves."""
    return learning.select(tables, ALONG)


def draw(selection: Slice) -> Drawing:
    """A panel per setting, a curve per estimator."""
    return learning.draw(selection, ALONG)


PLUGIN = Figure(
    name="loss_seconds",
    title="Loss against seconds",
    caption="Exact F at the parameters of each replicate, as its gap above the least F where one is known: medians "
    "over replicates with the band between their 10 % and 90 % quantiles (left out where there are more than "
    "four estimators), against the time that one replicate takes, drawing included: the steps times the "
    "median time of a step on one machine.",
    select=select,
    draw=draw,
    kind="fit",
)
