"""What is not installed is told, with the way to install it."""

import pytest

from bench.peers import known
from bench.peers.known import FRAMEWORKS, lacking


def test_frameworks_are_those_of_the_peers() -> None:
    assert FRAMEWORKS == ("numpy", "torch", "jax")


def test_what_is_there_lacks_nothing() -> None:
    assert lacking("numpy") == ""


def test_what_is_missing_comes_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "find_spec", lambda name: None)
    assert lacking("torch").endswith("torch is not installed; make peers, or pip install 'mcgrad-bench[peers]'")
