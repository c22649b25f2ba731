"""Learners that have walked, from words of a command line."""

from dataclasses import dataclass

from bench.descent.curves import Learned
from bench.descent.fit import learned_of
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.plan.cells import Plan
from tests.support.descents import planned


@dataclass(frozen=True)
class Walked:
    """The learners with their paths, the plan, and the steps at which the paths were recorded."""

    several: list[Learned]
    plan: Plan
    recorded: tuple[int, ...]


def walked(*words: str, rate: float = 0.0001) -> Walked:
    """16 replicates of each learner, in memory."""
    learning, plan, registry = planned("replicates=16", f"learning_rate=[{rate}]", *words)
    with Journal(None) as journal:
        several, recorded = learned_of(plan, learning, registry, Context(0, map, journal, "", lambda *_: None))
    return Walked(several, plan, recorded)
