"""Peers in torch compute what the engine does, on the same noise; a wrong one is seen."""

from dataclasses import replace

import pytest

from bench.peers.spec import Peer
from bench.peers.with_torch import PEERS
from bench.registry import Registry
from tests.support.peers import DIGITS, PROBLEMS, off

pytest.importorskip("torch", reason="torch is not installed; make peers installs it")


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.variant)
@pytest.mark.parametrize(("objective", "estimator"), PROBLEMS)
def test_it_computes_what_the_engine_does(peer: Peer, objective: str, estimator: str, known: Registry) -> None:
    assert off(peer, objective, estimator, known) < DIGITS


def test_control_another_point_shows(known: Registry) -> None:
    def elsewhere(work, batch, seed):
        return PEERS[0].prepare(replace(work, mu=work.mu + 1e-6), batch, seed)

    assert off(Peer("torch", "elsewhere", elsewhere), "cosine", "pathwise", known) > DIGITS
