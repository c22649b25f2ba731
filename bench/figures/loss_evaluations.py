"""Loss against evaluations: how fast each estimator comes down, by how often it looks at f.

The gap above the least F where one is known, else F itself.
"""

from bench.drawing.learning import Along, figure

PLUGIN = figure(
    name="loss_evaluations",
    title="Loss against evaluations",
    against="how often f was evaluated: the price where f is dear and all else is cheap.",
    along=Along("evaluations", "evaluations of $f$"),
)
