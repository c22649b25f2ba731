"""What a step costs: drawing and stepping a block of replicates, timed apart from all else.

Each call takes at least 2 ms; rounds go over the learners of a group in rotated order, and the median counts. The
replicates stay at the start, with a learning rate of 0, so that none is given up.
"""

import time
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bench.clock.turns import in_turns
from bench.clock.work import LEAST_NS
from bench.descent import loop
from bench.descent.blocks import Assignment, begun, links_of, resumed
from bench.descent.learners import BLOCK
from bench.descent.noise import buffer, draw
from bench.descent.program import Linked, State, fresh
from bench.engine.journal import Journal, key_of
from bench.kernels import cache
from bench.spec import Floats
from bench.statistics.medians import median

FEWEST_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Work:
    """Steps of one learner, warm, with how often to repeat them for a call that is long enough."""

    assignment: Assignment
    ready: Linked
    state: State
    record: Floats
    noise: Floats
    repeats: int

    def elapsed_ns(self, repeats: int) -> float:
        """Of one replicate in one step, drawing included."""
        steps, program, workspace, space = self.ready
        begin = time.perf_counter_ns()
        for _ in range(repeats):
            draw(self.assignment.group, 0, 0, 0, self.noise)
            with cache.alone(loop.advance):
                loop.advance(self.noise, 0, steps, program, workspace, self.state, space, self.record)
        return (time.perf_counter_ns() - begin) / (repeats * len(self.noise) * BLOCK)


def step_seconds(assignment: Assignment, rounds: int, journal: Journal, fingerprint: str) -> Floats:
    """[learners, 3] Seconds of one replicate in one step: the median, and its ends over rounds; NaN without rounds.

    Few rounds have no ends: between the least and the largest of five lies the median with a chance of 94 %.
    """
    group = assignment.group
    if not rounds:
        return np.full((len(group.learners), 3), np.nan)
    key = key_of("step seconds", fingerprint, assignment.keys, rounds)
    _, entry = journal.read([key]).get(key, (0, None))
    if entry is None:
        works = [_calibrated(assignment, learner) for learner in range(len(group.learners))]
        times = in_turns([partial(work.elapsed_ns, work.repeats) for work in works], rounds)
        seconds = np.array([median(of_learner) for of_learner in times.T]) * 1e-9
        seconds[:, 1:] = np.where(rounds < FEWEST_ROUNDS, np.nan, seconds[:, 1:])
        entry = seconds.tobytes()
        journal.write({key: entry})
    return np.frombuffer(entry).reshape(-1, 3)


def _calibrated(assignment: Assignment, learner: int) -> Work:
    ready = fresh(assignment.group.stream, links_of(assignment)[learner])
    still = ready._replace(steps=ready.steps._replace(rates=np.zeros_like(ready.steps.rates)))
    reached = begun(assignment, learner, BLOCK)
    noise = buffer(assignment.group, min(assignment.group.stretch, len(still.steps.rates)))
    work = Work(assignment, still, resumed(still, reached), reached.record, noise, 1)
    work.elapsed_ns(1)
    once = work.elapsed_ns(1) * len(noise) * BLOCK
    return replace(work, repeats=int(np.ceil(LEAST_NS / once)))
