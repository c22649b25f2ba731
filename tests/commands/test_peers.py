"""`peers` from the command line: one line for bad input, nothing written where a peer is wrong, files where none is."""

import json
from pathlib import Path

import pytest

from bench.commands import peers
from bench.commands.peers import answer, asked
from bench.config.compose import compose
from bench.errors import BenchError, Disagrees
from tests.support.command import command, one_line
from tests.support.peers import row
from tests.support.shown import commands

ANSWER = {"versions": {"numpy": "2.4"}, "dgemm_gflops": {"square": 50.0}}
ROWS = [row("bench", "cell", 2.0), row("bench", "grid", 0.5), row("numpy", "pcg64", 12.0)]


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("objectives=[well]", "objectives='well' is not allowed; allowed: squared_error, cosine, "),
        ("estimators=[]", "estimators=[] is not allowed; allowed: a list of one or more values"),
        ("samples=[0]", "samples=0 is not allowed; allowed: a whole number >= 1 and <= 10000"),
        ("samples=[100000]", "samples=100000 is not allowed; allowed: a whole number >= 1 and <= 10000"),
        ("frameworks=[tensorflow]", "frameworks='tensorflow' is not allowed; allowed: numpy, torch, jax"),
        ("threads=[2]", "threads='2' is not allowed; allowed: 1, all"),
        ("rounds=4", "rounds=4 is not allowed; allowed: a whole number >= 5"),
        ("seed=2147483648", "seed=2147483648 is not allowed; allowed: a whole number >= 0 and <= 2147483647"),
        ("sigma=[1]", "unknown key 'sigma'; known: estimators, frameworks, name, "),
    ],
)
def test_bad_input_is_one_line(word: str, line: str, tmp_path: Path) -> None:
    assert one_line(command("peers", f"output={tmp_path}", word)).startswith(line)
    assert list(tmp_path.iterdir()) == []


def test_one_thread_is_one_worker() -> None:
    single, every = asked(compose("peers", []))
    assert (single.threads, single.workers, every.threads) == ("1", 1, "all")
    assert every.workers >= 1


def test_what_is_found_is_written_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "answer", lambda setting: ANSWER | {"rows": ROWS})
    code, out, err = command("peers", f"output={tmp_path}", "threads=[1]")
    assert code == 0, err
    assert out.endswith(f"report: {tmp_path / 'peers' / 'report.md'}\n")
    record = json.loads((tmp_path / "peers" / "manifest.json").read_text())
    assert (record["kind"], record["frameworks"], record["workers"]) == ("peers", {"numpy": "2.4"}, {"1": 1})
    assert record["command"].endswith(" 'threads=[1]'")
    assert len((tmp_path / "peers" / "peers.csv").read_text().splitlines()) == 4
    assert command("index", f"output={tmp_path}").out.endswith(" 0 runs\n")


def test_where_a_peer_is_wrong_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(setting):
        raise Disagrees("numpy pcg64: gradient = 1, the oracle's 2")

    monkeypatch.setattr(peers, "answer", refused)
    code, out, err = command("peers", f"output={tmp_path}")
    assert (code, out, err) == (3, "", "error: numpy pcg64: gradient = 1, the oracle's 2\n")
    assert not (tmp_path / "peers" / "peers.csv").exists()


def test_a_run_of_another_kind_stays(tmp_path: Path) -> None:
    (tmp_path / "peers").mkdir()
    (tmp_path / "peers" / "manifest.json").write_text('{"kind": "fit"}')
    assert one_line(command("peers", f"output={tmp_path}")).endswith(
        "holds a fit; give the peers another name, or remove that folder"
    )


def test_a_sweep_does_not_take_the_folder_of_peers(tmp_path: Path) -> None:
    (tmp_path / "peers").mkdir()
    (tmp_path / "peers" / "manifest.json").write_text('{"kind": "peers"}')
    line = one_line(command("sweep", "study=smoke", f"output={tmp_path}", "name=peers"))
    assert line.endswith("holds a peers; give this sweep another name, or remove that folder")


def test_a_process_that_ends_without_an_answer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    (single,) = asked(compose("peers", ["threads=[1]"]))
    monkeypatch.setattr(peers.sys, "executable", "false")
    with pytest.raises(BenchError, match="the process of threads=1 ended with exit code 1"):
        answer(single)


def test_a_process_that_refuses_a_peer_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = tmp_path / "process"
    process.write_text('#!/bin/sh\ncat > /dev/null\necho \'{"error": "numpy: wrong"}\'\nexit 3\n')
    process.chmod(0o755)
    monkeypatch.setattr(peers.sys, "executable", str(process))
    code, out, err = command("peers", f"output={tmp_path}", "threads=[1]")
    assert (code, out, err) == (3, "", "error: numpy: wrong\n")


def test_the_command_of_the_document_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (words,) = [words[3:] for words in commands("docs/peers.md") if words[0] != "make"]
    monkeypatch.chdir(tmp_path)
    code, out, err = command(*words)
    assert code == 0, err
    assert "threads=1 cosine: NumPy (" in out
    assert (tmp_path / "reports" / "short" / "figures" / "time_frameworks.svg").exists()
