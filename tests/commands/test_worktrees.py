"""Two commits side by side: their worktrees, their Pythons, and what runs in them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.commands import worktrees
from bench.errors import BadInput, BenchError
from tests.support.checkout import two_commits, two_sides


@pytest.fixture
def commits(tmp_path: Path, monkeypatch):
    """A checkout with two commits, in which the test stands; their names."""
    monkeypatch.chdir(tmp_path)
    return two_commits()


def test_a_worktree_stays_and_moves(commits):
    first, second = commits
    side = worktrees.check_out("base", first)
    assert (side.tree / "text").read_text() == "first"
    assert side.python == sys.executable
    (side.tree / "kept").write_text("such as a cache")
    (side.tree / "text").write_text("edited")
    moved = worktrees.check_out("base", second)
    assert (moved.tree / "text").read_text() == "second"
    assert (moved.tree / "kept").exists()


def test_a_worktree_that_was_left_half_made_is_made_again(commits):
    side = worktrees.check_out("base", commits[0])
    (side.tree / ".git").unlink()
    assert (worktrees.check_out("base", commits[1]).tree / "text").read_text() == "second"


def test_other_dependencies_have_an_environment_of_their_own(commits):
    Path(worktrees.LOCK).write_text("two")
    side = worktrees.check_out("base", commits[0])
    assert Path(side.python).read_text() == "made\n"
    assert Path(side.python).is_relative_to(side.tree.absolute())


def test_a_side_runs_its_own_modules_and_a_failure_is_shown(tmp_path, capfd):
    (tmp_path / "mine.py").write_text("print('I was here'); raise SystemExit(3)")
    with pytest.raises(BenchError, match="base: python -m mine base ended with exit code 3"):
        worktrees.run(two_sides(tmp_path)[:1], "-m", "mine", "{side}")
    assert "I was here" in capfd.readouterr().err


def test_without_git_it_says_what_is_missing(commits, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BadInput, match="git, which is not on the PATH"):
        worktrees.sides("HEAD")


def test_nothing_goes_on_after_a_failure(tmp_path, capfd):
    """The side that fails first ends the other one too."""
    quick, slow = (worktrees.Side(name, "", tmp_path, sys.executable) for name in ("quick", "slow"))
    program = "import sys, time; sys.argv[1] == 'slow' and time.sleep(60); sys.exit(3)"
    with pytest.raises(BenchError, match=r"quick: python -c .* ended with exit code 3"):
        worktrees.run([quick, slow], "-c", program, "{side}")
    children = subprocess.run(
        ["ps", "-ww", "-o", "args=", "--ppid", str(os.getpid())], capture_output=True, text=True
    ).stdout
    assert "time.sleep(60)" not in children
