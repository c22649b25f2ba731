"""What is timed: one peer on one problem, warm, in the batch that suits it best, each timed call at least 2 ms."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.clock.work import LEAST_NS
from bench.peers.problem import Problem
from bench.peers.spec import Peer, Ready

NORMALS = (2**13, 2**16)  # of a batch: what stays in the cache, and what amortises the calls; the faster one is taken


@dataclass(frozen=True, slots=True)
class Entry:
    """One peer on one problem, and how often to repeat drawing, computing and both for calls that are long enough."""

    framework: str
    variant: str
    ready: Ready
    batch: int | None  # None of this suite, which chooses by itself
    estimates: float  # that one call gives
    noise: Any
    repeats: tuple[int, int, int]
    round_ns: float  # that one round takes
    compile_s: float

    def time(self) -> tuple[float, float, float]:
        """(drawing, computing, both) in ns per estimate, now."""
        draw, compute, both = (
            _elapsed_ns(call, repeats) / (repeats * self.estimates)
            for call, repeats in zip(_calls(self.ready, self.noise), self.repeats, strict=True)
        )
        return draw, compute, both


def of_peer(peer: Peer, problem: Problem, seed: int) -> Entry:
    """A peer in the fastest of its batches."""
    sizes = [max(1, normals // (problem.samples * problem.dimension)) for normals in NORMALS]
    tried = {}
    for batch in dict.fromkeys(sizes):
        start = time.perf_counter()
        ready = peer.prepare(problem, batch, seed)
        ready.both()
        compile_s = time.perf_counter() - start
        tried[batch] = min(_elapsed_ns(ready.both, 1) for _ in range(3)) / batch, ready, compile_s
    batch = min(tried, key=lambda size: tried[size][0])
    _, ready, compile_s = tried[batch]
    return warm(peer.framework, peer.variant, ready, batch, float(batch), compile_s)


def warm(framework: str, variant: str, ready: Ready, batch: int | None, estimates: float, compile_s: float) -> Entry:
    """An entry whose three calls have been made once, and are repeated for as long as the clock needs."""
    noise = ready.draw()
    calls = _calls(ready, noise)
    for call in calls:
        call()
    lengths_ns = [_elapsed_ns(call, 1) for call in calls]
    repeats = [max(1, math.ceil(LEAST_NS / length)) for length in lengths_ns]
    round_ns = sum(map(math.prod, zip(repeats, lengths_ns, strict=True)))
    return Entry(
        framework, variant, ready, batch, estimates, noise, (repeats[0], repeats[1], repeats[2]), round_ns, compile_s
    )


def _calls(ready: Ready, noise: Any) -> tuple[Callable[[], Any], ...]:
    return ready.draw, lambda: ready.compute(noise), ready.both


def _elapsed_ns(work: Callable[[], Any], repeats: int) -> int:
    start = time.perf_counter_ns()
    for _ in range(repeats):
        work()
    return time.perf_counter_ns() - start
