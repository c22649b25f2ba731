"""Loss against seconds: how fast each estimator comes down, in the time that it takes.

The gap above the least F where one is known, else F itself.
"""

from bench.drawing.learning import Along, figure

PLUGIN = figure(
    name="loss_seconds",
    title="Loss against seconds",
    against="the time that one replicate takes, drawing included: the steps times the median time of a step on one "
    "machine.",
    along=Along("seconds", "time of one replicate"),
)
