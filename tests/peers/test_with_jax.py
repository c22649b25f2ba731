"""Peers in jax compute what the engine does, on the same noise; a wrong one is seen."""

from dataclasses import replace

import numpy as np
import pytest

from bench.peers.problem import cell_plan, problem
from bench.peers.spec import Peer
from bench.peers.with_jax import PEERS
from bench.registry import Registry
from tests.support.peers import DIGITS, PROBLEMS, off

CHEAP = [(peer, *problem) for peer in (PEERS[0], PEERS[-1]) for problem in PROBLEMS if problem[1] in peer.estimators]


@pytest.mark.parametrize(("peer", "objective", "estimator"), CHEAP, ids=lambda item: getattr(item, "variant", item))
def test_it_computes_what_the_engine_does(peer: Peer, objective: str, estimator: str, known: Registry) -> None:
    """The generators are in no gradient: one of them stands for all."""
    assert off(peer, objective, estimator, known) < DIGITS


def test_control_another_point_shows(known: Registry) -> None:
    def elsewhere(work, batch, seed):
        return PEERS[0].prepare(replace(work, mu=work.mu + 1e-6), batch, seed)

    assert off(Peer("jax", "elsewhere", elsewhere), "cosine", "pathwise", known) > DIGITS


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.variant)
def test_each_call_draws_anew(peer: Peer, known: Registry) -> None:
    ready = peer.prepare(problem(cell_plan("squared_error", "score_function", 2, known), known), 5, 0)
    first, second = np.asarray(ready.draw()), np.asarray(ready.draw())
    assert first.shape == (5, 2)
    assert first.dtype == np.float64
    assert np.unique(np.concatenate([first, second])).size == 20
