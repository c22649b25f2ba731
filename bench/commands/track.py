"""`python -m bench track`: has a change made anything slower, or altered a digit? To be run in a checkout.

The times of one program differ by a quarter between machines, and far less within one job: so BASE and HEAD are
measured in turn, base head, head base, ..., and compared round by round; in CPU time, for other processes are no part
of it. A benchmark that only one side has is named and decides nothing. Statistics are those of the smoke study,
sampled once a side.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.commands import compare, worktrees
from bench.commands.worktrees import FOLDER, Side
from bench.config.checks import text, whole
from bench.config.compose import compose
from bench.errors import BadInput, BenchError, ExitCode, NothingMeasured, worst
from bench.registry import Registry

BENCHMARKS = ("tests/speed/test_kernels.py", "tests/speed/test_tracked.py")
PYTEST = (
    *("-m", "pytest", "-q", "-p", "no:cacheprovider"),
    "--confcutdir=tests/speed",  # what the ordinary tests share takes seconds to import
    "--benchmark-timer=time.process_time",
)
SWEEP = ("-m", "bench", "sweep", "study=smoke", "rounds=0", "resume=false", "output=../statistics", "name={side}")
FEWEST = 5  # rounds


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Compare the digits of two commits, then their times; the worse exit code counts."""
    if config.get("base") is None:
        raise BadInput("base is not given; track needs it: base=COMMIT, such as base=main")
    rounds = whole("rounds", config.get("rounds"), FEWEST, also=", for fewer do not tell a change from noise")
    sides = worktrees.sides(text("base", config["base"]))
    codes = [statistics(sides, registry)]
    try:
        codes.append(times(sides, rounds, registry))
    except NothingMeasured as error:
        print(f"times: {error}")
        codes.append(error.exit_code)
    return worst(codes)


def statistics(sides: Sequence[Side], registry: Registry) -> int:
    """Compare the digits of the smoke study, which are not timed: both sides work at once."""
    worktrees.run(sides, *SWEEP)
    for side in sides:
        commit = json.loads((FOLDER / "statistics" / side.name / "manifest.json").read_text())["commit"]
        if commit != side.commit:
            raise BenchError(f"{side.name}: commit {commit} was run, not {side.commit}")
    return _compare("statistics", {side.name: [side.name] for side in sides}, registry)


def times(sides: Sequence[Side], rounds: int, registry: Registry) -> int:
    """Compare the benchmarks, measured in turn after all has been compiled."""
    benchmarks = {side.name: [name for name in BENCHMARKS if (side.tree / name).is_file()] for side in sides}
    for side in sides:
        if not benchmarks[side.name]:
            raise NothingMeasured(f"{side.name} has no benchmark to time; known: {', '.join(BENCHMARKS)}")
        worktrees.run([side], *PYTEST, "--benchmark-disable", *benchmarks[side.name])
    shutil.rmtree(FOLDER / "times", ignore_errors=True)
    (FOLDER / "times").mkdir()
    for number, side in order(sides, rounds):
        print(f"round {number + 1} of {rounds}: {side.name}", file=sys.stderr, flush=True)
        worktrees.run([side], *PYTEST, f"--benchmark-json=../times/{{side}}-{number}.json", *benchmarks[side.name])
    names = {side.name: [f"{side.name}-{number}.json" for number in range(rounds)] for side in sides}
    return _compare("times", names, registry)


def order(sides: Sequence[Side], rounds: int) -> Iterator[tuple[int, Side]]:
    """Base head, head base, ...: neither side always comes second."""
    for number in range(rounds):
        yield from ((number, side) for side in (sides if number % 2 == 0 else sides[::-1]))


def _compare(what: str, names: Mapping[str, Sequence[str]], registry: Registry) -> int:
    """What `python -m bench compare` says of the results of base and head; its page and its file stand beside them.

    What it cannot read, such as the tables of another version, does not keep the other comparison from being made.
    """
    results = {side: [str(FOLDER / what / name) for name in names[side]] for side in names}
    files = {"markdown": str(FOLDER / f"{what}.md"), "json": str(FOLDER / f"{what}.json")}
    try:
        return compare.run(compose("compare", []) | results | files, [], registry)
    except BadInput as error:
        print(f"error: {what}: {error}", file=sys.stderr)
        return error.exit_code
