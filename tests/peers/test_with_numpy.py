"""Peers in numpy compute what the engine does, on the same noise; a wrong one is seen."""

from dataclasses import replace

import pytest

from bench.peers.spec import Peer
from bench.peers.with_numpy import PEERS
from bench.registry import Registry
from tests.support.peers import DIGITS, PROBLEMS, off


@pytest.mark.parametrize(("objective", "estimator"), PROBLEMS)
def test_it_computes_what_the_engine_does(objective: str, estimator: str, known: Registry) -> None:
    assert off(PEERS[0], objective, estimator, known) < DIGITS


def test_control_another_point_shows(known: Registry) -> None:
    def elsewhere(work, batch, seed):
        return PEERS[0].prepare(replace(work, mu=work.mu + 1e-6), batch, seed)

    assert off(Peer("numpy", "elsewhere", elsewhere), "cosine", "pathwise", known) > DIGITS
