"""Loss against evaluations: how fast each estimator comes down, by how often it looks at f.

The gap above the least F where one is known, else F itself.
"""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import learning
from bench.drawing.learning import Along
from bench.spec import Figure, Slice

ALONG = Along("evaluations", "evaluations of $f$")


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """All points of the learning curves."""
    return learning.select(tables, ALONG)


def draw(selection: Slice) -> Drawing:
    """A panel per setting, a curve per estimator."""
    return learning.draw(selection, ALONG)


PLUGIN = Figure(
    name="loss_evaluations",
    title="Loss against evaluations",
    caption="Exact F at the parameters of each replicate, as its gap above the least F where one is known: medians "
    "over replicates with the band between their 10 % and 90 % quantiles (left out where there are more than "
    "four estimators), against how often f was evaluated: the price where f is dear and all else is cheap.",
    select=select,
    draw=draw,
    kind="fit",
)
