"""The paths of a group's learners: blocks of replicates in legs of some steps, with the journal between them.

Legs end where stretches do, so a path has the same bits however long its legs were and whichever executor ran them.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from bench.descent import blocks, spread
from bench.descent.blocks import Assignment, Leg, Reached
from bench.descent.learners import BLOCK, Group, Learner
from bench.engine.journal import key_of
from bench.engine.laps import Context
from bench.engine.program import summaries_of
from bench.plan.cells import Plan
from bench.plan.streams import Subgrid
from bench.spec import Floats

LEG_S = 0.5  # what a crash may cost, and how long nothing is said
Place = tuple[int, int]  # a learner of a group, a block of its replicates


@dataclass(frozen=True, slots=True)
class Path:
    """Where the replicates of a learner were, and how their steps would have spread there."""

    theta: Floats  # [recorded, r, c, k]; NaN once a replicate is given up
    left: Floats  # [r] the step at which it is, -1 where it is not
    estimates: Floats  # [2, recorded, r, c * k] mean and variance of estimates beside it, by the free numbers


def run(assignment: Assignment, replicates: int, context: Context) -> list[Path]:
    """The path of each learner of a group."""
    group = assignment.group
    sizes = [min(BLOCK, replicates - begin) for begin in range(0, replicates, BLOCK)]
    places = [(learner, block) for block in range(len(sizes)) for learner in range(len(group.learners))]
    keys = {
        (learner, block): key_of("descent", assignment.keys[learner], block, sizes[block]) for learner, block in places
    }
    ended = _walked(assignment, places, keys, sizes, context)
    spreads = _spreads(assignment, ended, keys, context)

    def joined(arrays: Iterable[Floats], axis: int) -> Floats:
        return np.concatenate(list(arrays), axis=axis)

    return [
        Path(
            joined((ended[learner, block].record for block in range(len(sizes))), 1),
            joined((ended[learner, block].left for block in range(len(sizes))), 0),
            joined((spreads[learner, block] for block in range(len(sizes))), 2),
        )
        for learner in range(len(group.learners))
    ]


def assignment_of(group: Group, plan: Plan, recorded: tuple[int, ...], context: Context) -> Assignment:
    """What the blocks of a group are run for.

    The key of a learner holds all that determines its path and nothing of the others: another one walks none again.
    """

    def key(learner: Learner, subgrid: Subgrid) -> bytes:
        size = learner.cell.dataset_size or 0
        data = hashlib.sha256(plan.data.get(size, np.empty(0)).tobytes()).hexdigest()
        summary = summaries_of(subgrid, plan.data)[size].tobytes()
        return key_of(context.fingerprint, context.seed, recorded, learner, data, summary)

    keys = tuple(map(key, group.learners, group.subgrids))
    return Assignment(keys, group, plan.data, recorded, context.seed)


def _walked(
    assignment: Assignment, places: Sequence[Place], keys: dict[Place, bytes], sizes: Sequence[int], context: Context
) -> dict[Place, Reached]:
    """Every block of every learner after its last step."""
    steps, group = assignment.group.learners[0].steps, assignment.group
    entries = context.journal.read(keys.values(), steps)
    reached, done = {}, {}
    for learner, block in places:
        begun = blocks.begun(assignment, learner, sizes[block])
        done[learner, block], content = entries.get(keys[learner, block], (0, b""))
        reached[learner, block] = begun if not content else Reached.of(content, begun)
    stretches = 1
    while (first := min(done.values())) < steps:
        last = min([steps, first + stretches * group.stretch, *(d for d in done.values() if d > first)])
        going = [place for place in places if done[place] == first]
        legs = [
            Leg(block, first, last, {learner: reached[learner, b] for learner, b in going if b == block})
            for block in sorted({block for _, block in going})
        ]
        begin = time.monotonic()
        walk: Callable[..., Iterable[dict[int, Reached]]] = context.execute
        for leg, later in zip(legs, walk(partial(blocks.run, assignment), legs), strict=True):
            reached |= {(learner, leg.block): result for learner, result in later.items()}
            made = (last - first) * sum(sizes[leg.block] for _ in later)
            left = sum((steps - done[place]) * sizes[place[1]] for place in places) - made
            done |= dict.fromkeys(((learner, leg.block) for learner in later), last)
            context.progress(made, left, f"step {last} of {steps}")
        written = {keys[place]: reached[place].content() for place in going}
        context.journal.write(written, last, {keys[place]: first for place in going if first})
        stretches = stretches * 2 if time.monotonic() - begin < LEG_S / 2 else stretches
    return reached


def _spreads(
    assignment: Assignment, ended: dict[Place, Reached], keys: dict[Place, bytes], context: Context
) -> dict[Place, Floats]:
    """[2, recorded, r, c * k] Mean and variance of estimates of every block of every learner, beside its path."""
    spread_keys = {place: key_of("spread", spread.REPEATS, key) for place, key in keys.items()}
    entries = context.journal.read(spread_keys.values())
    shapes = {place: (2, *reached.record.shape[:2], -1) for place, reached in ended.items()}
    results = {
        place: np.frombuffer(entries[spread_keys[place]][1]).reshape(shapes[place])
        for place in ended
        if spread_keys[place] in entries
    }
    missing = [place for place in ended if place not in results]
    work = [(learner, block, ended[learner, block].record) for learner, block in missing]
    measure: Callable[..., Iterable[Floats]] = context.execute
    for place, moments in zip(missing, measure(partial(spread.run, assignment), work), strict=True):
        results[place] = moments
        context.journal.write({spread_keys[place]: moments.tobytes()})
        context.progress(0, 0, "variance of the steps")
    return results
