"""The answer of a process is one line of JSON: rows, or why there are none."""

import json
from dataclasses import asdict

import pytest

from bench.errors import Disagrees
from bench.peers import timed
from bench.peers.rows import Asked

ASKED = asdict(Asked(["cosine"], ["pathwise"], [10], ["numpy"], "1", 1, 5, 0))


def test_rows_and_versions(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(timed, "rows", lambda *arguments: iter([{"framework": "numpy"}]))
    assert timed.answer(ASKED) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == [{"framework": "numpy"}]
    assert set(told["versions"]) == {"numpy"}
    assert min(told["dgemm_gflops"].values()) > 0


def test_what_is_wrong_is_told_with_its_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*arguments: object) -> None:
        raise Disagrees("numpy computes something else")

    monkeypatch.setattr(timed, "rows", refused)
    assert timed.answer(ASKED) == 3
    assert json.loads(capsys.readouterr().out) == {"error": "numpy computes something else"}
