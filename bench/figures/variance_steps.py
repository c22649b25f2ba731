"""Variance of the gradient along a descent: what a step is taken with changes as the parameters do.

Measured where each replicate is, from draws beside those that it steps with.
"""

from bench.drawing.learning import Along, figure

PLUGIN = figure(
    name="variance_steps",
    title="Variance of the gradient along the descent",
    against="the steps taken.",
    along=Along("step", "steps", log=False, quantities=("step_variance",)),
)
