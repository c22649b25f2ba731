"""Laps: one block of draws for each group of the jackknife, kept in the journal job by job.

What a lap gave a job does not depend on the other jobs. So a lap takes the jobs that the journal holds from there, and
runs its blocks for the rest alone.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from bench import blocks, driver
from bench.journal import Journal, key
from bench.plan import Job, Plan, Stream, restricted
from bench.spec import Floats

GROUPS = 64  # groups of blocks for the jackknife: the blocks of a lap


@dataclass(frozen=True, slots=True)
class Means:
    """By what means a stream is run: its seed, who runs the blocks, and what is finished already."""

    seed: int
    execute: Callable[..., Iterable[list[Floats]]]  # map, or an executor's
    journal: Journal
    fingerprint: str  # everything besides the job that determines its numbers: sources, versions, CPU
    progress: Callable[[int, int, str], None]  # normals drawn, normals left in the round, a note


class Laps:
    """The totals of a stream, [GROUPS, points, estimators, samples, 2, POWERS] for each of its groups."""

    def __init__(self, stream: Stream, plan: Plan, means: Means) -> None:
        self.stream, self.plan, self.means = stream, plan, means
        self.normals = blocks.tiles_of(stream) * stream.tile * stream.dimension * len(stream.channels)
        self.places = places(stream)
        data = {n: hashlib.sha256(x.tobytes()).hexdigest() for n, x in plan.data.items()}
        self.units = {
            job: key(means.fingerprint, means.seed, stream.tile, data.get(job[0].dataset_size or 0), job)
            for job in self.places
        }
        self.programs = [blocks.program(stream, group, plan.data) for group in stream.groups]
        self.totals = [np.zeros((GROUPS, *shape)) for shape in map(blocks.shape_of, self.programs)]
        self.part = frozenset(self.places), stream, self.programs

    def add(self, lap: int, left: int, note: str) -> None:
        """Add a lap to the totals; laps left in the round and the note are for the progress."""
        keys = {job: key(unit, lap) for job, unit in self.units.items()}
        found = self.means.journal.read(keys.values())
        missing = frozenset(job for job, one in keys.items() if one not in found)
        fresh = self._run(missing, lap, left, note) if missing else {}
        self.means.journal.write({keys[job]: sums.tobytes() for job, sums in fresh.items()})
        for job, (group, at) in self.places.items():
            sums = fresh[job] if job in fresh else np.frombuffer(found[keys[job]]).reshape(GROUPS, 2, driver.POWERS)
            self.totals[group][(slice(None), *at)] += sums

    def _run(self, jobs: frozenset[Job], lap: int, left: int, note: str) -> dict[Job, Floats]:
        """The power sums [GROUPS, 2, POWERS] of some jobs in a lap."""
        if jobs != self.part[0]:
            part = restricted(self.stream, jobs)
            self.part = jobs, part, [blocks.program(part, group, self.plan.data) for group in part.groups]
        _, stream, programs = self.part
        sums = [np.empty((GROUPS, *shape)) for shape in map(blocks.shape_of, programs)]
        numbers = range(lap * GROUPS, (lap + 1) * GROUPS)
        results = self.means.execute(lambda block: blocks.run(stream, programs, self.means.seed, block), numbers)
        for i, result in enumerate(results):
            for total, one in zip(sums, result, strict=True):
                total[i] = one
            self.means.progress(self.normals, self.normals * (GROUPS * (left + 1) - i - 1), note)
        return {job: np.ascontiguousarray(sums[g][(slice(None), *at)]) for job, (g, at) in places(stream).items()}


def places(stream: Stream) -> dict[Job, tuple[int, tuple[int, int, int]]]:
    """Where each job of a stream stands: its group, and its point, estimator and samples there."""
    return {
        job: (g, (p, m, k))
        for g, group in enumerate(stream.groups)
        for p, m, k, job in group.places()
        if job in group.jobs
    }
