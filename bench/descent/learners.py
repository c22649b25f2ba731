"""Learners: an estimator with an optimiser, from a start. Those that read the same noise form a group."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.config.checks import bad
from bench.config.learning import Learning
from bench.descent import links
from bench.plan.cells import Plan
from bench.plan.rules import lacks, rule_of
from bench.plan.streams import Member, Stream, Subgrid, coupled_of, streams
from bench.registry import Registry
from bench.spec import Cell, Estimator, Family, Variant

BLOCK = 16  # replicates that one generator serves, and one thread at a time
STRETCH = 1024  # steps at most whose noise is drawn at once
CHUNK = 131_072  # numbers of a channel at most that are


@dataclass(frozen=True, slots=True)
class Learner:
    """What takes steps: an estimator in a cell, whose theta is the start, with all that decides its path."""

    cell: Cell
    variant: Variant
    parameterisation: str
    optimiser: str
    schedule: str
    learning_rate: float
    steps: int
    fixed: tuple[str, ...] = ()  # parameters that stay at their start


@dataclass(frozen=True, slots=True)
class Group:
    """Learners that read the same draws: those of one sampler, dimension and number of samples."""

    stream: Stream  # whose channels are those of all its learners
    learners: tuple[Learner, ...]
    subgrids: tuple[Subgrid, ...]  # of each learner: one cell, one member

    @property
    def samples(self) -> int:
        """K."""
        return self.learners[0].cell.samples

    @property
    def stretch(self) -> int:
        """The steps whose noise is drawn at once, from a generator of their own."""
        draws = BLOCK * self.samples * self.stream.dimension
        return int(max(1, min(STRETCH, CHUNK // draws)))


def learners(plan: Plan, learning: Learning, registry: Registry) -> list[Learner]:
    """All learners, in the order of the tables; BadInput where a family lacks a parameterisation."""
    jobs = [job for job in itertools.product(plan.cells, plan.estimators) if job not in plan.skips]
    several = []
    for cell, variant in jobs:
        family: Family = registry.get("family", cell.family)
        names = links.offered(family)
        _require_gradient(registry.get("estimator", variant.name), family, learning.fixed)
        for name in learning.parameterisation or (links.default(family),):
            if name not in names:
                raise bad("parameterisation", name, f"of the family {family.name}: {', '.join(names)}")
            several += [
                Learner(cell, variant, name, optimiser, schedule, rate, learning.steps, learning.fixed)
                for optimiser, schedule, rate in itertools.product(
                    learning.optimiser, learning.schedule, learning.learning_rate
                )
            ]
    return several


def _require_gradient(estimator: Estimator, family: Family, fixed: Sequence[str]) -> None:
    """BadInput where an estimator has no gradient by a parameter that moves: it would stay where it is."""
    rule = rule_of(estimator, family)
    lacking = {} if isinstance(rule, str) else lacks(rule, family)
    if missing := [name for name in lacking if name not in fixed]:
        ways = f"fixed=[{','.join(missing)}], or estimators with a gradient by {', '.join(missing)} of {family.name}"
        raise bad("estimator", estimator.name, f"{ways}: {lacking[missing[0]]}")


def groups(several: Sequence[Learner], registry: Registry) -> Iterator[Group]:
    """The groups of some learners."""

    def key(learner: Learner) -> tuple[str, int, int]:
        return learner.cell.sampler, learner.cell.dimension, learner.cell.samples

    for alike in dict.fromkeys(map(key, several)):
        members = [learner for learner in several if key(learner) == alike]
        served = list(streams(list(dict.fromkeys((m.cell, m.variant) for m in members)), registry))
        channels = {channel.name: channel for stream in served for channel in stream.channels}
        stream = replace(served[0], channels=tuple(channels.values()), subgrids=())
        stream = replace(stream, coupled=coupled_of(stream.sampler, alike[2]))
        places = {job: subgrid for one_stream in served for subgrid in one_stream.subgrids for job in subgrid.jobs}
        yield Group(stream, tuple(members), tuple(_alone(places[m.cell, m.variant], m) for m in members))


def _alone(subgrid: Subgrid, learner: Learner) -> Subgrid:
    """The subgrid of one estimator in one cell."""
    member: Member = next(member for member in subgrid.members if member.variant == learner.variant)
    cell = replace(learner.cell, samples=1)
    jobs = frozenset({(learner.cell, learner.variant)})
    return replace(subgrid, members=(member,), cells=(cell,), samples=(learner.cell.samples,), jobs=jobs)


def checkpoints(steps: int, count: int) -> tuple[int, ...]:
    """The steps at which theta is recorded: 0, the ends of `count` equal parts, 1, 2, 4, ... within the first of them.

    Most of the way is often gone in the first part.
    """
    ends = {int(step) for step in np.round(np.linspace(0, steps, min(count, steps) + 1))}
    return tuple(sorted(ends | {2**i for i in range(sorted(ends)[1].bit_length())}))
