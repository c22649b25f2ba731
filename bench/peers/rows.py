"""The rows of peers.csv under one setting of the threads: every peer is held against the oracle, then all are timed.

The rounds of a problem go over all its peers and this suite in turn, so the ratio of one round is fair.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.clock.turns import in_turns
from bench.errors import BenchError
from bench.faults import reason
from bench.peers import entry, ours
from bench.peers.check import estimates_of, require
from bench.peers.entry import Entry
from bench.peers.known import OURS, PEERS, lacking
from bench.peers.problem import Problem, Truth, cell_plan, grid_plan, problem, truth
from bench.peers.product import achieved
from bench.peers.spec import Peer
from bench.plan.cells import Plan
from bench.registry import Registry
from bench.spec import Floats
from bench.statistics.medians import median
from bench.tables.peers import PEERS as TABLE

MOST_NS = 1_000_000_000  # of all rounds of a problem: where they would take longer, there are fewer
LEAST_ROUNDS = 5
MOST_CHECKS = 2 * 2 * 62  # of a peer on a problem: mean and variance by 62 parameters, in two settings of the threads


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one process."""

    objectives: Sequence[str]
    estimators: Sequence[str]
    samples: Sequence[int]
    frameworks: Sequence[str]
    threads: str  # 1 or all, as the table says
    workers: int  # how many that is
    rounds: int
    seed: int


def rows(wanted: Asked, registry: Registry, progress: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """The rows; Disagrees where a peer computes something else than it is asked for."""
    reasons = {framework: lacking(framework) for framework in wanted.frameworks}
    for peer in PEERS:
        if reasons.get(peer.framework):
            blank = _blank(wanted, "", "", None, peer.framework, peer.variant)
            yield blank | {"status": "skipped", "reason": reasons[peer.framework]}
    there = [peer for peer in PEERS if reasons.get(peer.framework) == ""]
    checks = MOST_CHECKS * len(there) * len(wanted.objectives) * len(wanted.estimators) * len(wanted.samples)
    for objective in wanted.objectives:
        grid = _timed_grid(objective, wanted, registry)
        for estimator in wanted.estimators:
            for samples in wanted.samples:
                plan = cell_plan(objective, estimator, samples, registry)
                work, exact = problem(plan, registry), truth(plan)
                entries = [_ours("cell", plan, wanted, samples), grid(samples)]
                able = (peer for peer in there if estimator in peer.estimators)
                entries += [_checked(peer, work, exact, wanted.seed, checks) for peer in able]
                progress(f"threads={wanted.threads}: {objective} {estimator} samples={samples}")
                yield from _timed(entries, work, wanted)


def _checked(peer: Peer, work: Problem, exact: Truth, seed: int, checks: int) -> Entry:
    """A peer that computes what the oracle says; BenchError where it raises, Disagrees where it computes another."""
    try:
        of_peer = entry.of_peer(peer, work, seed)
        require(peer.name, work, estimates_of(of_peer.ready.both, work), exact, checks)
    except BenchError:
        raise
    except Exception as error:  # of any kind, as libraries raise them
        where = f"{peer.name}, {work.objective} {work.estimator} samples={work.samples}"
        raise BenchError(f"{where}: cannot be timed: {reason(error)}") from error
    return of_peer


def _ours(variant: str, plan: Plan, wanted: Asked, samples: int) -> Entry:
    """This suite on a plan; its compilation is read from the disk cache, or done, in the first call."""
    start = time.perf_counter()
    ready, estimates = ours.ready(plan, samples, wanted.seed, wanted.workers)
    ready.both()
    return entry.warm(OURS, variant, ready, None, estimates, time.perf_counter() - start)


def _timed_grid(objective: str, wanted: Asked, registry: Registry) -> Callable[[int], Entry]:
    """The default grid of an objective as an entry of estimates of so many draws; the draws serve all its cells."""
    plan = grid_plan(objective, registry)
    return lambda samples: _ours("grid", plan, wanted, samples)


def _timed(entries: Sequence[Entry], work: Problem, wanted: Asked) -> Iterator[dict[str, Any]]:
    """A row for each entry."""
    rounds = min(wanted.rounds, max(LEAST_ROUNDS, int(MOST_NS / sum(item.round_ns for item in entries))))
    times = in_turns([item.time for item in entries], rounds)
    cell, grid = times[:, 0, 2], times[:, 1, 2]
    for m, timed in enumerate(entries):
        draw, compute, both = times[:, m].T
        compute_ns = median(compute)[0]
        yield _blank(wanted, work.objective, work.estimator, work.samples, timed.framework, timed.variant) | {
            "batch": timed.batch,
            "rounds": rounds,
            **_interval("estimate_ns", both),
            "draw_ns": median(draw)[0],
            "compute_ns": compute_ns,
            "compile_s": timed.compile_s,
            **_interval("ratio", both / cell),
            **_interval("grid_ratio", both / grid),
            "gflops": achieved(work, compute_ns) if timed.variant != "grid" else np.nan,
            "status": "ok",
        }


def _blank(
    wanted: Asked, objective: str, estimator: str, samples: int | None, framework: str, variant: str
) -> dict[str, Any]:
    """A row without numbers."""
    keys = objective, estimator, framework, variant, wanted.threads, samples
    return dict.fromkeys(TABLE.columns[1:]) | dict(zip(TABLE.keys, keys, strict=True)) | {"status": "", "reason": ""}


def _interval(column: str, values: Floats) -> dict[str, float]:
    """The median of values[rounds] and its interval, by column."""
    return dict(zip((column, f"{column}_low", f"{column}_high"), median(values), strict=True))
