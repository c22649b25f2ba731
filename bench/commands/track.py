"""Has a change made anything slower, or altered a digit? `python -m bench.commands.track BASE`, in a checkout.

The times of one program differ by a quarter between machines, and far less within one job: so BASE and HEAD are
measured in turn, base head, head base, ..., and compared round by round; in CPU time, for other processes are no part
of it. Each side has a worktree under .benchmarks/track, which stays, for the times of its files are the keys of what
Numba compiled. It runs its own benchmarks: one that only one side has is named and decides nothing. Statistics are
those of the smoke study, sampled once a side.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from bench import cli, interrupt
from bench.errors import BadInput, BenchError, NothingMeasured

FOLDER = Path(".benchmarks", "track")
LOCK = "requirements.lock"
BENCHMARKS = ("tests/speed/test_kernels.py", "tests/speed/test_tracked.py")
PYTEST = (
    *("-m", "pytest", "-q", "-p", "no:cacheprovider"),
    "--confcutdir=tests/speed",  # what the ordinary tests share takes seconds to import
    "--benchmark-timer=time.process_time",
)
SWEEP = ("-m", "bench", "sweep", "study=smoke", "rounds=0", "resume=false", "output=../statistics", "name={side}")
FEWEST, ROUNDS = 5, 6  # measurements a side
WORST_FIRST = (1, 2, 4, 5, 0)  # exit codes


@dataclass(frozen=True, slots=True)
class Side:
    """A commit, its worktree and the Python that runs it."""

    name: str
    commit: str
    tree: Path
    python: str

    def start(self, arguments: Sequence[str]) -> subprocess.Popen[str]:
        """Run this side's Python in its worktree, which comes first wherever modules are looked for."""
        variables = os.environ | {"PYTHONPATH": str(self.tree.resolve())}
        return subprocess.Popen(
            [self.python, *arguments],
            cwd=self.tree,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @property
    def benchmarks(self) -> list[str]:
        """The files of benchmarks that it has."""
        return [name for name in BENCHMARKS if (self.tree / name).is_file()]


def git(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What git says in the current folder."""
    return subprocess.run(["git", *map(str, arguments)], capture_output=True, text=True, check=False)


def commit_of(revision: str) -> str:
    """The full name of a commit."""
    found = git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if found.returncode:
        raise BadInput(f"unknown revision {revision!r}; allowed: a commit of this checkout, such as main or HEAD~1")
    return found.stdout.strip()


def check_out(name: str, commit: str) -> Side:
    """The worktree of a side. One that is there is kept."""
    tree = FOLDER / name
    if not (tree / ".git").is_file() or git("-C", tree, "checkout", "--force", "--detach", commit).returncode:
        shutil.rmtree(tree, ignore_errors=True)  # never made, or left half made
        git("worktree", "prune")
        added = git("worktree", "add", "--force", "--detach", tree, commit)
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
    """Run the same on these sides at once, `{side}` being the name of each; what a failure has said is shown."""
    commands = [[word.format(side=side.name) for word in arguments] for side in sides]
    started = [side.start(command) for side, command in zip(sides, commands, strict=True)]
    for side, command, process in zip(sides, commands, started, strict=True):
        said, _ = process.communicate()
        if process.returncode:
            print(said, file=sys.stderr)
            raise BenchError(f"{side.name}: python {' '.join(command)} ended with exit code {process.returncode}")


def order(sides: Sequence[Side], rounds: int) -> Iterator[tuple[int, Side]]:
    """Base head, head base, ...: neither side always comes second."""
    for number in range(rounds):
        yield from ((number, side) for side in (sides if number % 2 == 0 else sides[::-1]))


def statistics(sides: Sequence[Side]) -> int:
    """Compare the digits of the smoke study, which are not timed: both sides work at once."""
    run(sides, *SWEEP)
    for side in sides:
        ran = json.loads((FOLDER / "statistics" / side.name / "manifest.json").read_text())["commit"]
        if ran != side.commit:
            raise BenchError(f"{side.name}: commit {ran} was run, not {side.commit}")
    return compare("statistics", *([side.name] for side in sides))


def times(sides: Sequence[Side], rounds: int) -> int:
    """Compare the benchmarks, after all has been compiled."""
    for side in sides:
        if not side.benchmarks:
            raise NothingMeasured(f"{side.name} has no benchmark to time; known: {', '.join(BENCHMARKS)}")
        run([side], *PYTEST, "--benchmark-disable", *side.benchmarks)
    shutil.rmtree(FOLDER / "times", ignore_errors=True)
    (FOLDER / "times").mkdir()
    for number, side in order(sides, rounds):
        print(f"round {number + 1} of {rounds}: {side.name}", file=sys.stderr, flush=True)
        run([side], *PYTEST, f"--benchmark-json=../times/{{side}}-{number}.json", *side.benchmarks)
    return compare("times", *([f"{side.name}-{number}.json" for number in range(rounds)] for side in sides))


def compare(what: str, base: Sequence[str], head: Sequence[str]) -> int:
    """`python -m bench compare`, its page and its file in .benchmarks/track."""
    lists = [f"[{','.join(str(FOLDER / what / name) for name in names)}]" for names in (base, head)]
    files = (f"markdown={FOLDER / what}.md", f"json={FOLDER / what}.json")
    return cli.main(["compare", f"base={lists[0]}", f"head={lists[1]}", *files])


def track(base: str, rounds: int) -> int:
    """The worse exit code of both comparisons."""
    if rounds < FEWEST:
        raise BadInput(f"{rounds} rounds; allowed: {FEWEST} or more, or no change could be told from noise")
    if not Path(LOCK).is_file():
        raise BadInput(f"{str(Path.cwd())!r} is not the top of a checkout; run it there")
    commits = {"base": commit_of(base), "head": commit_of("HEAD")}
    if git("status", "--porcelain").stdout:
        print("Changes that are not committed are not measured: head is HEAD.", file=sys.stderr)
    sides = [check_out(name, commit) for name, commit in commits.items()]
    codes = [statistics(sides)]
    try:
        codes.append(times(sides, rounds))
    except NothingMeasured as error:
        print(f"times: {error}")
        codes.append(error.exit_code)
    return min(codes, key=WORST_FIRST.index)


def _refuse(message: str) -> NoReturn:
    raise BadInput(f"{message}; allowed: BASE, a commit, and --rounds=N")


def main(arguments: Sequence[str] | None = None) -> int:
    """What a user can cause is one line on standard error."""
    parser = argparse.ArgumentParser("python -m bench.commands.track", description=__doc__.partition("\n")[0])
    parser.add_argument("base", help="the commit to hold HEAD against, such as main")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"measurements a side (default: {ROUNDS})")
    parser.error = _refuse  # type: ignore[method-assign]
    try:
        asked = parser.parse_args(arguments)
        return track(asked.base, asked.rounds)
    except BenchError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(interrupt.guard(main))
