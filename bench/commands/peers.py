"""`python -m bench peers`: what does the same gradient estimate cost in the frameworks that people use?

Each setting of the threads is a process of its own, for libraries read theirs when they start. 0 done; 2 bad input;
3 a peer computes something else than the oracle says, and nothing is written.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from bench import PACKAGE, provenance
from bench.commands.writing import at_work, require_kind, told, writable
from bench.config.checks import axis, bad, one_of, run_name, text, whole
from bench.engine.session import Session
from bench.errors import BenchError, Disagrees, ExitCode
from bench.peers.known import FRAMEWORKS
from bench.peers.problem import ESTIMATORS, POINTS
from bench.peers.rows import LEAST_ROUNDS, Asked
from bench.progress import phase
from bench.registry import Registry
from bench.report.peers import page
from bench.tables import csv, files, lock
from bench.tables.manifest import written

KIND = "peers"
MOST_SAMPLES = 10_000  # more in 31 components, with all data, is more than the memory of a small machine
MOST_SEED = 2**31 - 1  # that all generators take
SETTINGS = ("1", "all")  # of the threads
VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Check and time the peers that a config names; table, figure and report land in output/name."""
    return told(lambda: _run(config, overrides, registry))


def _run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> tuple[str, ExitCode]:
    """What is said of the results, and the exit code."""
    settings = asked(config)
    folder = Path(text("output", config.get("output"))) / run_name(config.get("name"))
    require_kind(folder, KIND, "the peers")
    with at_work(writable(folder)), lock.held(folder):
        files.remove_unfinished(folder)
        session, load = Session(provenance.cpu()), os.getloadavg()[0]
        with phase("peers"), session.phase("timing"):
            answers = {setting.threads: answer(setting) for setting in settings}
        rows = [row for of_setting in answers.values() for row in of_setting["rows"]]
        made = provenance.Run({**config, "executor": {}}, overrides, None, {"ok": True}, [session.record()], KIND)
        manifest = provenance.collect(made, registry) | {
            "frameworks": {key: value for answered in answers.values() for key, value in answered["versions"].items()},
            "dgemm_gflops": {threads: answered["dgemm_gflops"] for threads, answered in answers.items()},
            "load_average": round(load, 2),  # before anything was timed
            "workers": {setting.threads: setting.workers for setting in settings},
        }
        table = csv.to_csv(KIND, rows)
        manifest |= written({KIND: table})
        contents = {f"{KIND}.csv": table, "manifest.json": json.dumps(manifest, indent=2) + "\n"}
        with tempfile.TemporaryDirectory(dir=folder, prefix=files.UNFINISHED) as fresh:
            files.update(Path(fresh), contents)
            frame = csv.read(Path(fresh))[KIND]
        files.update(folder, {**contents, **page.written(frame, manifest)})
    return f"{page.conclusion(frame)}\nreport: {folder / 'report.md'}", ExitCode.DONE


def asked(config: Mapping[str, Any]) -> list[Asked]:
    """What is asked of the process of each setting of the threads; BadInput for what is not allowed."""

    def chosen(key: str, allowed: Sequence[str]) -> tuple[str, ...]:
        return axis(key, config.get(key), partial(one_of, allowed))

    threads = axis("threads", config.get("threads"), lambda key, value: one_of(SETTINGS, key, str(value)))
    cores = len(os.sched_getaffinity(0))
    return [
        Asked(
            objectives=chosen("objectives", tuple(POINTS)),
            estimators=chosen("estimators", ESTIMATORS),
            samples=axis("samples", config.get("samples"), lambda key, value: between(key, value, 1, MOST_SAMPLES)),
            frameworks=chosen("frameworks", FRAMEWORKS),
            threads=setting,
            workers=1 if setting == "1" else cores,
            rounds=whole("rounds", config.get("rounds"), LEAST_ROUNDS),
            seed=between("seed", config.get("seed"), 0, MOST_SEED),
        )
        for setting in threads
    ]


def between(key: str, value: Any, least: int, most: int) -> int:
    """A whole number between two."""
    number = whole(key, value, least, f" and <= {most}")
    if number > most:
        raise bad(key, value, f"a whole number >= {least} and <= {most}")
    return number


def answer(setting: Asked) -> dict[str, Any]:
    """What the process of a setting answers; its progress goes to standard error."""
    path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    variables = os.environ | dict.fromkeys(VARIABLES, str(setting.workers)) | {"PYTHONPATH": path}
    command, words = [sys.executable, "-m", "bench.peers"], json.dumps(asdict(setting))
    done = subprocess.run(command, input=words, stdout=subprocess.PIPE, text=True, env=variables, check=False)
    try:
        told = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError) as error:
        raise BenchError(f"the process of threads={setting.threads} ended with exit code {done.returncode}") from error
    if "error" in told:
        raise (Disagrees if done.returncode == ExitCode.ORACLE_DISAGREES else BenchError)(told["error"])
    return dict(told)
