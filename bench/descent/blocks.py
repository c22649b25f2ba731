"""Runs one block of replicates of a group for some stretches of steps: states in, states and what was recorded out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from bench.descent import links, loop
from bench.descent.learners import Group
from bench.descent.noise import buffer, draw
from bench.descent.program import Linked, State, fresh, linked
from bench.engine.case import theta_of
from bench.kernels import cache
from bench.spec import Floats


@dataclass(frozen=True, slots=True)
class Assignment:
    """What blocks are run for, as data: any thread or process can take it; equal where the keys are."""

    keys: tuple[bytes, ...]  # of its learners
    group: Group = field(compare=False)
    data: Mapping[int, Floats] = field(compare=False)  # by its size
    recorded: tuple[int, ...] = field(compare=False)  # the steps after which theta is
    seed: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a block of a learner has come: what its next step depends on, and what was recorded so far."""

    free: Floats  # [r, c, k]
    moments: Floats  # [2, r, c, k]
    left: Floats  # [r] the step at which a replicate was given up, -1 before
    record: Floats  # [recorded, r, c, k] theta; NaN where it is given up or still to come

    def content(self) -> bytes:
        """As bytes of the journal."""
        return b"".join(np.ascontiguousarray(getattr(self, name)).tobytes() for name in self.__slots__)

    @staticmethod
    def of(content: bytes, alike: "Reached") -> "Reached":
        """What was written so, of the shapes of another."""
        numbers, begin, arrays = np.frombuffer(content), 0, []
        for name in Reached.__slots__:
            there = getattr(alike, name)
            arrays.append(numbers[begin : begin + there.size].reshape(there.shape))
            begin += there.size
        return Reached(*arrays)


@lru_cache(maxsize=8)
def links_of(assignment: Assignment) -> list[Linked]:
    """The programs of an assignment's learners, linked once in each process."""
    group = assignment.group
    return [
        linked(group.stream, subgrid, learner, assignment.data, assignment.recorded)
        for subgrid, learner in zip(group.subgrids, group.learners, strict=True)
    ]


def begun(assignment: Assignment, learner: int, replicates: int) -> Reached:
    """A block of a learner before its first step."""
    steps, program, *_ = links_of(assignment)[learner]
    theta = theta_of(assignment.group.learners[learner].cell.theta)
    shape = replicates, program.theta.shape[1], theta.shape[1]
    free = np.broadcast_to(links.free(theta, steps.links, steps.low, steps.high), shape)
    record = np.full((len(assignment.recorded), *shape), np.nan)
    record[0] = theta
    return Reached(free, np.zeros((2, *shape)), np.full(replicates, -1.0), record)


def resumed(ready: Linked, reached: Reached) -> State:
    """The state of replicates that have come so far; their theta follows from it."""
    shape = reached.free.shape
    state = State(
        free=reached.free.copy(),
        theta=np.full(shape, np.nan),
        rate=np.empty(shape),
        moments=reached.moments.copy(),
        left=reached.left.astype(np.int64),
        gradient=np.empty(shape[1] * shape[2]),
        constant=np.empty(shape[2]),
    )
    with cache.alone(loop.arrive):
        loop.arrive(ready.steps, ready.program, state)
    return state


@dataclass(frozen=True, slots=True)
class Leg:
    """Some steps of one block, of the learners that are still to take them."""

    block: int
    first: int
    last: int
    reached: Mapping[int, Reached]  # by the learner's place in its group


def run(assignment: Assignment, leg: Leg) -> dict[int, Reached]:
    """How far each learner's block has come after the leg."""
    group, linked_learners = assignment.group, links_of(assignment)
    ready = {learner: fresh(group.stream, linked_learners[learner]) for learner in leg.reached}
    states = {learner: resumed(ready[learner], reached) for learner, reached in leg.reached.items()}
    records = {learner: reached.record.copy() for learner, reached in leg.reached.items()}
    stretch = buffer(group, min(group.stretch, leg.last - leg.first))
    for first in range(leg.first, leg.last, group.stretch):
        noise = stretch[: leg.last - first]
        draw(group, assignment.seed, leg.block, first // group.stretch, noise)
        for learner, state in states.items():
            steps, program, workspace, space = ready[learner]
            with cache.alone(loop.advance):
                loop.advance(noise, first, steps, program, workspace, state, space, records[learner])
    return {
        learner: Reached(state.free, state.moments, state.left.astype(float), records[learner])
        for learner, state in states.items()
    }
