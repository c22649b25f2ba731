"""Groups of learners, and what runs them, from words of a command line."""

from collections.abc import Sequence

import numpy as np

from bench.config.compose import compose
from bench.config.gathered import gathered
from bench.config.learning import Learning, check
from bench.descent.blocks import Assignment, Leg, Reached, begun, run
from bench.descent.learners import BLOCK, Group, checkpoints, groups, learners
from bench.plan import cells
from bench.plan.cells import Plan
from bench.registry import Registry
from bench.spec import Floats


def planned(*words: str) -> tuple[Learning, Plan, Registry]:
    """The checked config of a fit, its plan, and the plug-ins."""
    plain = "~study", *words
    registry = gathered("fit", plain)
    learning = check(compose("fit", plain), registry)
    return learning, cells.build(learning.grid, registry), registry


def grouped(*words: str) -> tuple[Learning, Plan, list[Group]]:
    """The same with the groups of learners."""
    learning, plan, registry = planned(*words)
    return learning, plan, list(groups(learners(plan, learning, registry), registry))


def assigned(*words: str, seed: int = 0) -> Assignment:
    """What the blocks of the only group are run for."""
    learning, plan, (group,) = grouped(*words)
    recorded = checkpoints(learning.steps, learning.checkpoints)
    return Assignment((repr((words, seed)).encode(),), group, plan.data, recorded, seed)


def walked(assignment: Assignment, ends: Sequence[int], replicates: int = BLOCK, block: int = 0) -> dict[int, Reached]:
    """How far each learner came, in legs that end at these steps."""
    reached = {i: begun(assignment, i, replicates) for i in range(len(assignment.group.learners))}
    for first, last in zip([0, *ends], ends, strict=False):
        reached = run(assignment, Leg(block, first, last, reached))
    return reached


def ends_of(assignment: Assignment) -> list[Floats]:
    """[r, c, k] Where the learners' first block ends."""
    steps = assignment.group.learners[0].steps
    return [np.asarray(reached.record[-1]) for reached in walked(assignment, [steps]).values()]
