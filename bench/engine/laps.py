"""Laps: one block of draws for each group of the jackknife, and the totals of their power sums over all laps so far.

What a lap gives a job does not depend on the other jobs. So the totals of jobs that the journal covers are loaded, and
blocks are run only for the jobs that still miss that lap. Laps are added up in their order, so the totals have the same
bits whatever interruption there was. An entry holds the sums of the first block too: where it is found again, that
block is run once more, and an entry that holds other numbers is not believed.
"""

import hashlib
import itertools
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from bench.engine import blocks, noise, program, reduce
from bench.engine.journal import Journal, key_of
from bench.plan.cells import Plan
from bench.plan.streams import Job, Stream, Subgrid, restricted
from bench.spec import Floats

JOURNAL_INTERVAL_S = 1.0  # between two entries of a job within a stage: what a crash may cost


@dataclass(frozen=True, slots=True)
class Context:
    """In what context a stream is run: its seed, who runs the blocks, and what is finished already."""

    seed: int
    execute: Callable[..., Iterable[Any]]  # map, or an executor's
    journal: Journal
    fingerprint: str  # everything besides the job that determines its numbers: sources, versions, CPU
    progress: Callable[[int, int, str], None]  # draws made, draws left as far as is known, a note


class Laps:
    """The totals of a stream: power sums [groups, cells, members, samples, rows, POWERS] for each of its subgrids."""

    def __init__(self, stream: Stream, plan: Plan, context: Context) -> None:
        self.stream, self.plan, self.context = stream, plan, context
        self.draws = noise.tiles_of(stream) * stream.cut.tile  # of one block
        self.normals = self.draws * stream.dimension * len(stream.channels)
        self.positions = positions_of(stream)
        self.keys = keys_of(stream, plan, context)
        self.first: dict[Job, bytes] = {}  # the power sums of the first block, as they were written or found right
        self.programs = blocks.programs_of(self._assignment(frozenset(self.positions)))
        self.groups = stream.cut.groups
        self.totals = [np.zeros((self.groups, *shape)) for shape in map(program.shape_of, self.programs)]

    def advance(self, done: int, goal: int, end: int, note: str) -> None:
        """Bring the totals from `done` laps to `goal`.

        For the progress alone: `end`, the number of laps at which sampling is predicted to stop, and the note.
        """
        journaled = self._resume(done, goal)
        reached = {job: journaled.get(key, done) for job, key in self.keys.items()}
        written = time.monotonic()

        def missing(lap: int) -> frozenset[Job]:
            return frozenset(job for job, laps in reached.items() if laps <= lap)

        for jobs, laps_of_jobs in itertools.groupby(range(min(reached.values()), goal), missing):
            assignment, laps = self._assignment(jobs), list(laps_of_jobs)
            several = range(laps[0] * self.groups, (laps[-1] + 1) * self.groups)  # so no lap waits for the one before
            results = iter(self.context.execute(partial(blocks.run, assignment), several))
            for lap in laps:
                for job, sums in self._run(assignment, lap, results, end - lap - 1, note):
                    self._totals_of(job)[:] += sums
                    if lap == 0:
                        self.first[job] = sums[0].tobytes()
                if lap + 1 == goal or time.monotonic() > written + JOURNAL_INTERVAL_S:
                    entries = {self.keys[job]: self.first[job] + self._totals_of(job).tobytes() for job in jobs}
                    replaced = {key: journaled[key] for key in entries if key in journaled}
                    self.context.journal.write(entries, lap + 1, replaced)
                    journaled |= dict.fromkeys(entries, lap + 1)
                    written = time.monotonic()
            next(results, None)  # an executor tidies up behind its last result

    def _resume(self, done: int, goal: int) -> dict[bytes, int]:
        """Load the totals that the journal has beyond `done` laps, up to `goal`; gives the laps they hold, by key."""
        entries = self.context.journal.read(self.keys.values(), goal)
        loaded = {job: entries[key] for job, key in self.keys.items() if entries.get(key, (0, b""))[0] > done}
        confirmed = self._confirmed(frozenset(loaded) - set(self.first))
        journaled = {}
        for job, (laps, content) in loaded.items():
            size = self._totals_of(job)[0].nbytes
            first = self.first.get(job, confirmed.get(job))
            if content[:size] == first:
                self.first[job] = content[:size]
                journaled[self.keys[job]] = laps
                totals = np.frombuffer(content[size:])
                self._totals_of(job)[:] = totals.reshape(self.groups, -1, reduce.POWERS)
        if len(journaled) < len(loaded):
            count = len(loaded) - len(journaled)
            print(f"{count} results of an earlier run are not found again; they are computed anew", file=sys.stderr)
        return journaled

    def _confirmed(self, jobs: frozenset[Job]) -> dict[Job, bytes]:
        """The power sums of the first block of some jobs, run now."""
        if not jobs:
            return {}
        assignment = self._assignment(jobs)
        sums = blocks.run(assignment, 0)
        places = positions_of(assignment.stream)
        return {job: np.ascontiguousarray(sums[g][position]).tobytes() for job, (g, position) in places.items()}

    def _totals_of(self, job: Job) -> Floats:
        """The totals [groups, rows, POWERS] of a job's power sums: a view."""
        subgrid, position = self.positions[job]
        return self.totals[subgrid][(slice(None), *position)]

    def _assignment(self, jobs: frozenset[Job]) -> blocks.Assignment:
        """What blocks are run for where only some jobs are missing."""
        key = key_of(*sorted(self.keys[job] for job in jobs))
        return blocks.Assignment(key, restricted(self.stream, jobs), self.plan.data, self.context.seed)

    def _run(
        self, assignment: blocks.Assignment, lap: int, results: Iterator[list[Floats]], left: int, note: str
    ) -> Iterator[tuple[Job, Floats]]:
        """The power sums [groups, rows, POWERS] of each job in a lap, of the next results.

        `left` laps are predicted to remain after it.
        """
        sums = [np.empty((self.groups, *shape)) for shape in map(program.shape_of, blocks.programs_of(assignment))]
        for group, result in enumerate(itertools.islice(results, self.groups)):
            for subgrid, block_sums in zip(sums, result, strict=True):
                subgrid[group] = block_sums
            self.context.progress(self.draws, self.draws * (self.groups * (left + 1) - group - 1), note)
        for job, (g, position) in positions_of(assignment.stream).items():
            yield job, np.ascontiguousarray(sums[g][(slice(None), *position)])


def keys_of(stream: Stream, plan: Plan, context: Context) -> dict[Job, bytes]:
    """The journal's key of each job: all that determines its numbers."""
    data = {n: hashlib.sha256(x.tobytes()).hexdigest() for n, x in plan.data.items()}
    summaries = [program.summaries_of(subgrid, plan.data) for subgrid in stream.subgrids]
    places = positions_of(stream)
    return {
        job: key_of(
            context.fingerprint,
            *(context.seed, stream.cut, data.get(job[0].dataset_size or 0), job),
            *stream.subgrids[g].family.combinations.values(),
            summaries[g][job[0].dataset_size or 0].tobytes(),
            _centre(stream.subgrids[g], *position),
        )
        for job, (g, position) in places.items()
    }


def _centre(subgrid: Subgrid, p: int, m: int, _: int) -> bytes:
    """What the power sums of a job are taken about, as it is written into its key."""
    return b"" if subgrid.centre is None else subgrid.centre[p, m].tobytes()


def positions_of(stream: Stream) -> dict[Job, tuple[int, tuple[int, int, int]]]:
    """Where each job of a stream stands: its subgrid, and its cell, member and number of samples there."""
    return {
        job: (g, (p, m, k))
        for g, subgrid in enumerate(stream.subgrids)
        for p, m, k, job in subgrid.jobs_at()
        if job in subgrid.jobs
    }
