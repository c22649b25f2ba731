"""Two commits in turn: the order, what is refused, and the worse of two exit codes."""

import json
import os
from pathlib import Path

import pytest

from bench.commands import compare, track, worktrees
from bench.errors import BadInput, BenchError, NothingMeasured
from bench.registry import Registry
from tests.support.checkout import git, two_commits, two_sides
from tests.support.command import command, one_line


@pytest.fixture
def commits(tmp_path: Path, monkeypatch):
    """A checkout with two commits, in which the test stands; their names."""
    monkeypatch.chdir(tmp_path)
    return two_commits()


def test_sides_take_turns_and_neither_is_always_second(tmp_path):
    names = [(number, side.name) for number, side in track.order(two_sides(tmp_path), 3)]
    assert names == [(0, "base"), (0, "head"), (1, "head"), (1, "base"), (2, "base"), (2, "head")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["base=nope"], "unknown revision 'nope'; allowed: a commit of this checkout"),
        (["base='HEAD~1'", "rounds=4"], "rounds=4 is not allowed; allowed: a whole number >= 5, for fewer do not tell"),
        (["base='HEAD~1'", "rounds=x"], "rounds='x' is not allowed; allowed: a whole number >= 5, for fewer do not"),
        (["base=main", "~rounds"], "rounds=null is not allowed; allowed: a whole number >= 5"),
        ([], "base is not given; track needs it: base=COMMIT, such as base=main"),
        (["base=[main]"], "base=['main'] is not allowed; allowed: some text"),
        (["base=HEAD~7"], "unknown revision 'HEAD~7'; allowed: a commit of this checkout, such as main or HEAD~1"),
        (["base=12e4567"], "unknown revision '12e4567'; allowed: a commit of this checkout"),
        (["head=main"], "unknown key 'head'; known: base, rounds"),
    ],
)
def test_bad_input_is_one_line(commits, words, message):
    assert one_line(command("track", *words)).startswith(message)
    assert not Path(".benchmarks").exists()


def test_it_wants_the_top_of_a_checkout(commits, monkeypatch):
    Path("inside").mkdir()
    monkeypatch.chdir("inside")
    assert "not the top of a checkout" in one_line(command("track", "base=HEAD"))


def test_a_commit_that_cannot_be_set_up_is_refused(commits):
    git("checkout", "-q", "--orphan", "older")
    git("rm", "-qf", worktrees.LOCK)
    git("commit", "-qm", "older")
    git("checkout", "-q", "-f", commits[1])
    assert f"has no {worktrees.LOCK}" in one_line(command("track", "base=older"))


def test_statistics_of_another_commit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(track, "FOLDER", tmp_path)
    monkeypatch.setattr(worktrees, "run", lambda *_: None)
    for side in two_sides(tmp_path):
        folder = tmp_path / "statistics" / side.name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps({"commit": "base" * 10}))
    with pytest.raises(BenchError, match="head: commit basebase"):
        track.statistics(two_sides(tmp_path), Registry())


def test_a_side_without_benchmarks_has_nothing_to_time(tmp_path):
    with pytest.raises(NothingMeasured, match="base has no benchmark"):
        track.times(two_sides(tmp_path), 5, Registry())


@pytest.mark.parametrize(
    ("statistics", "times", "code"), [(0, 0, 0), (4, 0, 4), (0, 4, 4), (0, 5, 5), (4, 5, 4), (1, 4, 1), (0, None, 5)]
)
def test_the_worse_exit_code_counts(commits, monkeypatch, statistics, times, code):
    def timed(*_):
        if times is None:
            raise NothingMeasured("nothing")
        return times

    monkeypatch.setattr(track, "statistics", lambda *_: statistics)
    monkeypatch.setattr(track, "times", timed)
    assert command("track", "base='HEAD~1'").code == code


def test_tables_that_cannot_be_read_do_not_keep_the_times_from_being_compared(commits, monkeypatch):
    def unreadable(*_):
        raise BadInput("base: another version wrote it")

    monkeypatch.setattr(compare, "run", unreadable)
    monkeypatch.setattr(track, "statistics", lambda _, registry: track._compare("statistics", {}, registry))
    monkeypatch.setattr(track, "times", lambda *_: print("times were compared") or 0)
    assert command("track", "base='HEAD~1'") == (
        2,
        "times were compared\n",
        "error: statistics: base: another version wrote it\n",
    )


@pytest.mark.slow
def test_benchmarks_of_two_commits_are_compared(commits, monkeypatch):
    """A small benchmark that the second commit makes three times as long."""
    benchmark = Path("tests/speed/test_tracked.py")
    benchmark.parent.mkdir(parents=True)
    for size in (300_000, 900_000):
        benchmark.write_text(
            f"def test_sum(benchmark):\n    benchmark.pedantic(lambda: sum(range({size})), rounds=3)\n"
        )
        git("add", "-A")
        git("commit", "-qm", "benchmark")
    monkeypatch.setattr(track, "statistics", lambda *_: 0)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # most of the time of a pytest that has so little to do
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p pytest_benchmark.plugin")
    code, out, _ = command("track", "base='HEAD~1'", "rounds=5")
    assert code == 4
    assert "1 regressed" in out
    assert json.loads(Path(".benchmarks/track/times.json").read_text())["exit_code"] == 4
    assert "test_sum" in Path(".benchmarks/track/times.md").read_text()
    assert len(os.listdir(".benchmarks/track/times")) == 10
