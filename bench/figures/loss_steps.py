"""Loss against steps: how fast each estimator comes down, step by step.

The gap above the least F where one is known, else F itself. Dashed is where theory lets SGD with a constant rate rest.
"""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure as Drawing

from bench.drawing import learning
from bench.drawing.learning import Along
from bench.spec import Figure, Slice

ALONG = Along("step", "steps", log=False, floors=True)


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """All points of the learning curves."""
    return learning.select(tables, ALONG)


def draw(selection: Slice) -> Drawing:
    """A panel per setting, a curve per estimator."""
    return learning.draw(selection, ALONG)


PLUGIN = Figure(
    name="loss_steps",
    title="Loss against steps",
    caption="Exact F at the parameters of each replicate, as its gap above the least F where one is known: medians "
    "over replicates with the band between their 10 % and 90 % quantiles (left out where there are more than "
    "four estimators), against the steps taken. What rises above 30 times the gap at the start leaves the "
    "panel.{floors}",
    select=select,
    draw=draw,
    kind="fit",
)
