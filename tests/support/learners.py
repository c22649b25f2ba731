"""Learners that have walked, from words of a command line."""

from dataclasses import dataclass

from bench.descent import fit as module
from bench.descent.curves import Learned
from bench.descent.fit import Fitted
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.plan.cells import Plan
from tests.support.descents import planned


@dataclass(frozen=True)
class Walked:
    """The learners with their paths, the plan, and the tables that were made of them."""

    several: tuple[Learned, ...]
    plan: Plan
    fitted: Fitted


def walked(*words: str, rate: float = 0.0001) -> Walked:
    """A fit of 16 replicates unless told otherwise, in memory."""
    learning, plan, registry = planned("replicates=16", f"learning_rate=[{rate}]", *words)
    judged = []

    def noted(several):  # type: ignore[no-untyped-def]
        judged.extend(several)
        return original(several)

    original = module.judge
    module.judge = noted
    try:
        with Journal(None) as journal:
            fitted = module.fit(plan, learning, registry, Context(0, map, journal, "", lambda *_: None))
    finally:
        module.judge = original
    return Walked(tuple(judged), plan, fitted)
