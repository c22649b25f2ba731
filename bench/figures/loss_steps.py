"""Loss against steps: how fast each estimator comes down, step by step.

The gap above the least F where one is known, else F itself. Dashed is where theory lets SGD with a constant rate rest.
"""

from bench.drawing.learning import Along, figure

PLUGIN = figure(
    name="loss_steps",
    title="Loss against steps",
    against="the steps taken. What rises above 30 times the gap at the start leaves the panel.{floors}",
    along=Along("step", "steps", log=False, floors=True),
)
