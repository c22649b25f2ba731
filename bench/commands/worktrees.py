"""Two commits of a checkout side by side: each in a worktree, with the Python that runs it.

A worktree stays where it is from one comparison to the next, for the times of its files are the keys of what Numba
compiled. What runs in it is its own modules and its own benchmarks.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.errors import BadInput, BenchError

FOLDER = Path(".benchmarks", "track")
LOCK = "requirements.lock"


@dataclass(frozen=True, slots=True)
class Side:
    """A commit, its worktree and the Python that runs it."""

    name: str
    commit: str
    tree: Path
    python: str

    def start(self, arguments: Sequence[str]) -> subprocess.Popen[str]:
        """Run this side's Python in its worktree, which comes first wherever modules are looked for."""
        return subprocess.Popen(
            [self.python, *arguments],
            cwd=self.tree,
            env=os.environ | {"PYTHONPATH": str(self.tree.resolve())},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def sides(base: str) -> tuple[Side, Side]:
    """A commit and HEAD, both set up to run. BadInput outside a checkout, or where there is no such commit."""
    if not Path(LOCK).is_file():
        raise BadInput(f"{str(Path.cwd())!r} is not the top of a checkout; run it there")
    commits = _commit_of(base), _commit_of("HEAD")
    if _git("status", "--porcelain").stdout:
        print("Changes that are not committed are not measured: head is HEAD.", file=sys.stderr)
    return check_out("base", commits[0]), check_out("head", commits[1])


def check_out(name: str, commit: str) -> Side:
    """The worktree of a side, moved to a commit; one that exists is kept."""
    tree = FOLDER / name
    if not (tree / ".git").is_file() or _git("-C", tree, "checkout", "--force", "--detach", commit).returncode:
        shutil.rmtree(tree, ignore_errors=True)  # never made, or left half made
        _git("worktree", "prune")
        added = _git("worktree", "add", "--force", "--detach", tree, commit)
        if added.returncode:
            raise BenchError(f"cannot make the worktree {tree}: {added.stderr}")
    if not (tree / LOCK).is_file():
        raise BadInput(f"{name}: commit {commit} has no {LOCK}; allowed: a commit that can be set up from one")
    if (tree / LOCK).read_bytes() == Path(LOCK).read_bytes():
        return Side(name, commit, tree, sys.executable)
    if subprocess.run(["make", "-C", tree, ".venv/.run"], check=False, stdout=sys.stderr).returncode:
        raise BenchError(f"cannot set up {tree}")
    return Side(name, commit, tree, str((tree / ".venv" / "bin" / "python").absolute()))


def run(sides: Sequence[Side], *arguments: str) -> None:
    """Run the same on these sides at once, `{side}` being the name of each; the output of one that fails is printed."""
    commands = [[word.format(side=side.name) for word in arguments] for side in sides]
    processes = [side.start(command) for side, command in zip(sides, commands, strict=True)]
    try:
        for side, command, process in zip(sides, commands, processes, strict=True):
            output, _ = process.communicate()
            if process.returncode:
                print(output, file=sys.stderr)
                raise BenchError(f"{side.name}: python {' '.join(command)} ended with exit code {process.returncode}")
    finally:
        for process in processes:  # none goes on after a failure or an interrupt
            with process:
                process.kill()


def _commit_of(revision: str) -> str:
    """The full name of a commit."""
    answer = _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if answer.returncode:
        raise BadInput(f"unknown revision {revision!r}; allowed: a commit of this checkout, such as main or HEAD~1")
    return answer.stdout.strip()


def _git(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What git says in the current folder."""
    if not shutil.which("git"):
        raise BadInput("track needs git, which is not on the PATH; install it and run again")
    return subprocess.run(["git", *map(str, arguments)], capture_output=True, text=True, check=False)
