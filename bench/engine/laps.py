"""Laps: one block of draws for each group of the jackknife, and their totals, kept in the journal job by job.

What a lap gives a job does not depend on the other jobs. So a round takes what the journal holds of each job, as far
as it goes, and runs the blocks of the rest for the others alone. The totals are added up lap by lap in their order,
wherever that was interrupted.
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from bench.engine import blocks, noise, program, reduce
from bench.engine.journal import Journal, key
from bench.plan.cells import Plan
from bench.plan.streams import Job, Stream, restricted
from bench.plan.tiling import GROUPS
from bench.spec import Floats

EVERY_S = 1.0  # between two entries in the journal within a round: what a crash may cost


@dataclass(frozen=True, slots=True)
class Context:
    """By what means a stream is run: its seed, who runs the blocks, and what is finished already."""

    seed: int
    execute: Callable[..., Iterable[list[Floats]]]  # map, or an executor's
    journal: Journal
    fingerprint: str  # everything besides the job that determines its numbers: sources, versions, CPU
    progress: Callable[[int, int, str], None]  # draws made, draws left as far as is known, a note


class Laps:
    """The totals of a stream, [GROUPS, cells, estimators, samples, 2, POWERS] for each of its subgrids."""

    def __init__(self, stream: Stream, plan: Plan, means: Context) -> None:
        self.stream, self.plan, self.means = stream, plan, means
        self.draws = noise.tiles_of(stream) * stream.tile  # of one block
        self.normals = self.draws * stream.dimension * len(stream.channels)
        self.positions = positions_of(stream)
        data = {n: hashlib.sha256(x.tobytes()).hexdigest() for n, x in plan.data.items()}
        self.entries = {
            job: key(means.fingerprint, means.seed, stream.tile, stream.block, data.get(job[0].dataset_size or 0), job)
            for job in self.positions
        }
        self.programs = [program.program(stream, subgrid, plan.data) for subgrid in stream.subgrids]
        self.totals = [np.zeros((GROUPS, *shape)) for shape in map(program.shape_of, self.programs)]
        self.part = frozenset(self.positions), stream, self.programs

    def advance(self, done: int, goal: int, end: int, note: str) -> None:
        """Bring the totals from `done` laps to `goal`; the expected `end` and the note are for the progress."""
        held = self.means.journal.read(self.entries.values(), goal)
        reached, passed = dict.fromkeys(self.positions, done), {}
        for job, one in self.entries.items():
            laps, content = held.get(one, (0, b""))
            if laps > done:
                reached[job] = passed[one] = laps
                self._of(job)[:] = np.frombuffer(content).reshape(GROUPS, 2, reduce.POWERS)
        written = time.monotonic()
        for lap in range(min(reached.values()), goal):
            missing = frozenset(job for job, laps in reached.items() if laps <= lap)
            for job, sums in self._run(missing, lap, end - lap - 1, note).items():
                self._of(job)[:] += sums
            if lap + 1 == goal or time.monotonic() > written + EVERY_S:
                entries = {self.entries[job]: self._of(job).tobytes() for job in missing}
                self.means.journal.write(entries, lap + 1, {one: passed[one] for one in entries if one in passed})
                written, passed = time.monotonic(), passed | dict.fromkeys(entries, lap + 1)

    def _of(self, job: Job) -> Floats:
        """The totals [GROUPS, 2, POWERS] of a job: a view."""
        subgrid, at = self.positions[job]
        return self.totals[subgrid][(slice(None), *at)]

    def _run(self, jobs: frozenset[Job], lap: int, left: int, note: str) -> dict[Job, Floats]:
        """The power sums [GROUPS, 2, POWERS] of some jobs in a lap."""
        if jobs != self.part[0]:
            part = restricted(self.stream, jobs)
            self.part = jobs, part, [program.program(part, subgrid, self.plan.data) for subgrid in part.subgrids]
        _, stream, programs = self.part
        sums = [np.empty((GROUPS, *shape)) for shape in map(program.shape_of, programs)]
        numbers = range(lap * GROUPS, (lap + 1) * GROUPS)
        results = self.means.execute(lambda block: blocks.run(stream, programs, self.means.seed, block), numbers)
        for i, result in enumerate(results):
            for total, one in zip(sums, result, strict=True):
                total[i] = one
            self.means.progress(self.draws, self.draws * (GROUPS * (left + 1) - i - 1), note)
        return {job: np.ascontiguousarray(sums[g][(slice(None), *at)]) for job, (g, at) in positions_of(stream).items()}


def positions_of(stream: Stream) -> dict[Job, tuple[int, tuple[int, int, int]]]:
    """Where each job of a stream stands: its subgrid, and its point, estimator and samples there."""
    return {
        job: (g, (p, m, k))
        for g, subgrid in enumerate(stream.subgrids)
        for p, m, k, job in subgrid.jobs_at()
        if job in subgrid.jobs
    }
