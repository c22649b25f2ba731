"""The variance of a step: estimates beside the path, from draws of their own, at each recorded theta."""

import numpy as np

from bench.descent import links, loop
from bench.descent.blocks import Assignment, Reached, links_of, resumed
from bench.descent.noise import SPREAD, buffer, draw
from bench.descent.program import fresh
from bench.kernels import cache
from bench.spec import Floats
from bench.statistics.moments import quiet

REPEATS = 32  # estimates at each theta: the median of their variance lies 2 % below its mean


@quiet
def run(assignment: Assignment, work: tuple[int, int, Floats]) -> Floats:
    """[2, recorded, r, rows] Mean and variance of estimates by the free numbers, where theta[recorded, r, c, k] is."""
    learner, block, theta = work
    group = assignment.group
    ready = fresh(group.stream, links_of(assignment)[learner])
    steps, program, workspace, space = ready
    noise = buffer(group, REPEATS)
    moments = np.empty((2, *theta.shape[:2], theta[0, 0].size))
    for slot, at in enumerate(theta):
        lost = np.isnan(at).any(axis=(1, 2))
        free = links.free(at, steps.links, steps.low, steps.high)
        state = resumed(ready, Reached(free, np.zeros((2, *at.shape)), np.where(lost, 0.0, -1.0), theta))
        draw(group, assignment.seed, block, slot, noise, SPREAD)
        out = np.empty((REPEATS, len(at), state.gradient.size))
        with cache.alone(loop.repeat):
            loop.repeat(noise, steps, program, workspace, state, space, out)
        moments[:, slot] = out.mean(axis=0), out.var(axis=0, ddof=1)
    return moments
