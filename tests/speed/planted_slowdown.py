"""How often does `make track` call a slowdown, planted and absent? `python -m tests.speed.planted_slowdown [RUNS]`.

In a clone of this checkout one commit makes a kernel do SHARE of its work twice (in one dimension), which changes no
digit, and another changes nothing. Each is held against HEAD, RUNS times, by `make track`.
"""

import json
import math
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SHARE = 30  # per cent
FILE = Path("bench", "families", "normal.py")
LOOP = "division per draw.\n    if first:\n        for i in range(eps.size):"
TWICE = f"""\
division per draw.
    if first:
     for again in range(2):
        for i in range({SHARE} * eps.size // 100 if again else eps.size):"""
ROW = "tests/speed/test_tracked.py::test_combine[score_function]"
REGRESSED = 4


def commit(clone: Path, message: str) -> str:
    """Commit all of a clone and give the commit's name."""
    name = ("-c", "user.name=track", "-c", "user.email=track@localhost")
    subprocess.run(["git", *name, "commit", "-qam", message, "--allow-empty"], cwd=clone, check=True)
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=clone, check=True, capture_output=True, text=True
    ).stdout.strip()


def plant(clone: Path) -> None:
    """Make the kernel slower: the first component's loop once more for a share of the draws."""
    head, loop, tail = (clone / FILE).read_text().partition(LOOP)
    if not loop:
        raise SystemExit(f"{FILE} has no line {LOOP!r}; plant the slowdown elsewhere")
    (clone / FILE).write_text(head + TWICE + tail)


def run(clone: Path, base: str, head: str) -> tuple[int, float]:
    """The exit code of a comparison, and the ratio that it measured for the kernel."""
    subprocess.run(["git", "checkout", "-q", head], cwd=clone, check=True)
    ended = subprocess.run(
        [sys.executable, "-m", "bench", "track", f"base={base}"], cwd=clone, capture_output=True, text=True
    )
    if ended.returncode not in (0, REGRESSED):
        raise SystemExit(f"exit code {ended.returncode}\n{ended.stdout}{ended.stderr}")
    rows = json.loads((clone / ".benchmarks" / "track" / "times.json").read_text())["times"]
    return ended.returncode, next(row["ratio"] for row in rows if row["fullname"] == ROW)


def main(runs: int) -> None:
    """Print a line a run, and the two counts."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "-q", str(Path.cwd()), str(clone)], check=True)
        base = commit(clone, "Base")
        same = commit(clone, "Change nothing")
        plant(clone)
        heads = {"planted": commit(clone, "Make a kernel slower"), "no change": same}
        measured: dict[str, list[tuple[int, float]]] = {what: [] for what in heads}
        for number in range(1, runs + 1):
            for what, head in heads.items():
                code, ratio = run(clone, base, head)
                measured[what].append((code, ratio))
                print(f"{number} {what}: exit code {code}, kernel {ratio:.3f} times", flush=True)
        for what, results in measured.items():
            called = sum(code == REGRESSED for code, _ in results)
            ratio = math.exp(statistics.fmean(math.log(ratio) for _, ratio in results))
            print(f"{what}: called in {called} of {runs} runs; the kernel took {ratio:.3f} times as long")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
