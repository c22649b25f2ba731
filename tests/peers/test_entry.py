"""Calls are repeated until the clock can tell them, and the faster batch is taken."""

import time

import pytest

from bench.clock.work import LEAST_NS
from bench.peers import entry
from bench.peers.problem import cell_plan, problem
from bench.peers.spec import Peer, Ready
from bench.registry import Registry


def sleeping(seconds: float) -> Ready:
    return Ready(lambda: None, lambda noise: None, lambda: time.sleep(seconds))


def test_the_faster_of_two_batches_is_taken(known: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both take as long: the larger gives more estimates."""
    monkeypatch.setattr(entry, "NORMALS", (10, 1000))
    peer = Peer("numpy", "asleep", lambda work, batch, seed: sleeping(1e-3))
    timed = entry.of_peer(peer, problem(cell_plan("cosine", "pathwise", 5, known), known), 0)
    assert (timed.batch, timed.estimates) == (200, 200.0)


def test_short_calls_are_repeated_and_long_ones_are_not() -> None:
    timed = entry.warm("numpy", "asleep", sleeping(4e-3), 2, 2.0, 0.0)
    assert timed.repeats[2] == 1
    assert timed.repeats[0] > 100
    assert timed.round_ns >= 2 * LEAST_NS
    assert timed.time()[2] >= 4e6 / 2, "a call gives two estimates"
