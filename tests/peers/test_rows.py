"""Rows of one setting of the threads: this suite, each peer, what is skipped; a wrong peer ends it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from bench.errors import BenchError, Disagrees
from bench.peers import rows
from bench.peers.rows import Asked
from bench.peers.spec import Peer, Ready
from bench.peers.with_numpy import PEERS
from bench.registry import Registry
from bench.tables.peers import PEERS as TABLE

ASKED = Asked(["cosine"], ["pathwise"], [10], ["numpy", "torch"], "1", 1, 5, 0)


def made(peers: Sequence[Peer], known: Registry, monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    monkeypatch.setattr(rows, "PEERS", peers)
    monkeypatch.setattr(rows, "lacking", lambda framework: "not here" if framework == "torch" else "")
    return list(rows.rows(ASKED, known, lambda words: None))


def test_a_row_for_each_and_one_for_what_is_skipped(known: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    skipped, cell, grid, numpy = made([PEERS[0], Peer("torch", "any", PEERS[0].prepare)], known, monkeypatch)
    assert all(row.keys() == set(TABLE.columns[1:]) for row in (skipped, cell, grid, numpy))
    assert (skipped["status"], skipped["reason"], skipped["estimate_ns"]) == ("skipped", "not here", None)
    assert [row["variant"] for row in (cell, grid, numpy)] == ["cell", "grid", "pcg64"]
    assert cell["ratio"] == grid["grid_ratio"] == 1.0
    assert numpy["ratio_low"] <= numpy["ratio"] <= numpy["ratio_high"]
    assert min(row[f"{what}_ns"] for row in (cell, grid, numpy) for what in ("draw", "compute", "estimate")) > 0


def test_a_wrong_peer_is_an_error_and_no_row(known: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def halved(work, batch, seed):
        right = PEERS[0].prepare(work, batch, seed)
        return Ready(right.draw, right.compute, lambda: np.asarray(right.both()) / 2)

    with pytest.raises(Disagrees, match=r"^numpy halved, cosine pathwise samples=10 d/d"):
        made([Peer("numpy", "halved", halved)], known, monkeypatch)


def test_a_peer_that_raises_is_a_line_with_its_name(known: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(work, batch, seed):
        raise RuntimeError("out of memory")

    line = "numpy raising, cosine pathwise samples=10: cannot be timed: RuntimeError: out of memory"
    with pytest.raises(BenchError, match=f"^{line}$"):
        made([Peer("numpy", "raising", raising)], known, monkeypatch)


def test_a_peer_of_one_estimator_has_no_row_of_the_other(known: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = replace(PEERS[0], estimators=("score_function",))
    assert [row["framework"] for row in made([alone], known, monkeypatch)] == ["bench", "bench"]
