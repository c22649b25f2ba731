"""All studies, one after the other, and the index of their runs.

Each runs in a process of its own, so one that fails leaves the others alone. The index is written after each of them:
it is right whenever this is stopped, and what is finished is taken as it is when it is run again.
"""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.commands.writing import at_work, writable
from bench.config.checks import axis, positive, text
from bench.config.studies import command_of
from bench.errors import ExitCode, unknown, worst
from bench.registry import Registry
from bench.report import summary
from bench.report.index import page
from bench.report.index.entries import MANIFEST, Entry

SMALL = "studies"  # the folder of the small pictures and of how the estimators did


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> int:
    """Run the studies that are asked for, and write output/index.html; the worst exit code of them."""
    summaries = {name: words for (kind, name), words in sorted(registry.summaries.items()) if kind == "study"}
    only = [*summaries] if config["only"] is None else axis("only", config["only"], text)
    for name in only:
        if name not in summaries:
            raise unknown("study", name, summaries)
    folder = writable(Path(text("output", config["output"])))
    words = [word for word in overrides if not word.startswith(("only=", "threshold="))]
    threshold = positive("threshold", config["threshold"])
    missing: list[Entry] = []
    codes = []
    with at_work(folder):
        for name in only:
            code, ended = _run(name, words)
            codes.append(code)
            if not (folder / name / MANIFEST).is_file():
                missing.append(Entry(name, summaries[name], ended, ok=False))
            page.write(folder, registry.summaries, threshold, missing)
            print(f"{name}: {ended}", flush=True)
        summary.write([folder / name for name in only], folder / SMALL)
    print(f"index: {folder / 'index.html'}")
    return worst(codes)


def _run(name: str, words: Sequence[str]) -> tuple[ExitCode, str]:
    """Run a study in a process of its own; its exit code, and in a line how it ended."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "bench", command_of(name), f"study={name}", f"name={name}", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - begun
    said = [*done.stdout.strip().splitlines()[:1], *done.stderr.strip().splitlines()[-1:], "it said nothing"]
    code = next((code for code in ExitCode if code == done.returncode), ExitCode.FAILED)
    return code, f"{said[0]} ({seconds:.0f} s)"
