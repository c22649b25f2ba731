"""Two commits in turn: their worktrees, the order, what is refused, and the worse of two exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.commands import track
from bench.errors import BenchError, NothingMeasured

MAKEFILE = ".venv/.run:\n\tmkdir -p .venv/bin\n\techo made > .venv/bin/python\n"


def git(*words):
    name = ("-c", "user.name=test", "-c", "user.email=test@localhost")
    return subprocess.run(["git", *name, *words], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def commits(tmp_path: Path, monkeypatch):
    """A checkout with two commits, in which the test stands; their names."""
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    Path(".gitignore").write_text(".benchmarks/\n")
    Path("Makefile").write_text(MAKEFILE)
    Path(track.LOCK).write_text("one")
    names = []
    for text in ("first", "second"):
        Path("text").write_text(text)
        git("add", "-A")
        git("commit", "-qm", text)
        names.append(git("rev-parse", "HEAD"))
    return names


def sides(tmp_path):
    return [track.Side(name, name * 10, tmp_path, sys.executable) for name in ("base", "head")]


def test_sides_take_turns_and_neither_is_always_second(tmp_path):
    names = [(number, side.name) for number, side in track.order(sides(tmp_path), 3)]
    assert names == [(0, "base"), (0, "head"), (1, "head"), (1, "base"), (2, "base"), (2, "head")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nope"], "error: unknown revision 'nope'; allowed: a commit of this checkout"),
        (["HEAD~1", "--rounds=4"], "error: 4 rounds; allowed: 5 or more"),
        (["HEAD~1", "--rounds=x"], "error: argument --rounds: invalid int value: 'x'; allowed: BASE, a commit, and"),
        ([], "error: the following arguments are required: base; allowed: BASE, a commit, and"),
    ],
)
def test_bad_input_is_one_line(commits, words, message, capsys):
    assert track.main(words) == 2
    error = capsys.readouterr().err
    assert error.startswith(message)
    assert error.count("\n") == 1
    assert not Path(".benchmarks").exists()


def test_it_wants_the_top_of_a_checkout(commits, monkeypatch, capsys):
    Path("inside").mkdir()
    monkeypatch.chdir("inside")
    assert track.main(["HEAD"]) == 2
    assert "not the top of a checkout" in capsys.readouterr().err


def test_a_worktree_stays_and_moves(commits):
    first, second = commits
    side = track.check_out("base", first)
    assert (side.tree / "text").read_text() == "first"
    assert side.python == sys.executable
    (side.tree / "kept").write_text("such as a cache")
    (side.tree / "text").write_text("edited")
    moved = track.check_out("base", second)
    assert (moved.tree / "text").read_text() == "second"
    assert (moved.tree / "kept").exists()


def test_a_worktree_that_was_left_half_made_is_made_again(commits):
    side = track.check_out("base", commits[0])
    (side.tree / ".git").unlink()
    assert (track.check_out("base", commits[1]).tree / "text").read_text() == "second"


def test_other_dependencies_have_an_environment_of_their_own(commits):
    Path(track.LOCK).write_text("two")
    side = track.check_out("base", commits[0])
    assert Path(side.python).read_text() == "made\n"
    assert Path(side.python).is_relative_to(side.tree.absolute())


def test_a_commit_that_cannot_be_set_up_is_refused(commits, capsys):
    git("checkout", "-q", "--orphan", "older")
    git("rm", "-qf", track.LOCK)
    git("commit", "-qm", "older")
    git("checkout", "-q", "-f", commits[1])
    assert track.main(["older"]) == 2
    assert f"has no {track.LOCK}" in capsys.readouterr().err


def test_a_side_runs_its_own_modules_and_a_failure_is_shown(tmp_path, capfd):
    (tmp_path / "mine.py").write_text("print('I was here'); raise SystemExit(3)")
    with pytest.raises(BenchError, match="base: python -m mine base ended with exit code 3"):
        track.run(sides(tmp_path)[:1], "-m", "mine", "{side}")
    assert "I was here" in capfd.readouterr().err


def test_statistics_of_another_commit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(track, "FOLDER", tmp_path)
    monkeypatch.setattr(track, "run", lambda *_: None)
    for side in sides(tmp_path):
        folder = tmp_path / "statistics" / side.name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps({"commit": "base" * 10}))
    with pytest.raises(BenchError, match="head: commit basebase"):
        track.statistics(sides(tmp_path))


def test_a_side_without_benchmarks_has_nothing_to_time(tmp_path):
    with pytest.raises(NothingMeasured, match="base has no benchmark"):
        track.times(sides(tmp_path), 5)


@pytest.mark.parametrize(
    ("statistics", "times", "code"), [(0, 0, 0), (4, 0, 4), (0, 4, 4), (0, 5, 5), (4, 5, 4), (1, 4, 1), (0, None, 5)]
)
def test_the_worse_exit_code_counts(commits, monkeypatch, statistics, times, code):
    def timed(*_):
        if times is None:
            raise NothingMeasured("nothing")
        return times

    monkeypatch.setattr(track, "statistics", lambda _: statistics)
    monkeypatch.setattr(track, "times", timed)
    assert track.main(["HEAD~1"]) == code


def test_benchmarks_of_two_commits_are_compared(commits, monkeypatch, capsys):
    """A small benchmark that the second commit makes three times as long."""
    benchmark = Path("tests/speed/test_tracked.py")
    benchmark.parent.mkdir(parents=True)
    for size in (300_000, 900_000):
        benchmark.write_text(
            f"def test_sum(benchmark):\n    benchmark.pedantic(lambda: sum(range({size})), rounds=3)\n"
        )
        git("add", "-A")
        git("commit", "-qm", "benchmark")
    monkeypatch.setattr(track, "statistics", lambda _: 0)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert track.main(["HEAD~1", "--rounds=5"]) == 4
    assert "1 regressed" in capsys.readouterr().out
    assert json.loads(Path(".benchmarks/track/times.json").read_text())["exit_code"] == 4
    assert "test_sum" in Path(".benchmarks/track/times.md").read_text()
    assert len(os.listdir(".benchmarks/track/times")) == 10
