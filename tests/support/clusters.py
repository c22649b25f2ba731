"""A scheduler and workers of Dask as processes of their own, on the loopback, at ports that are free."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.command import TOP

PATIENCE_S = 60.0


class Processes:
    """What `dask scheduler` and `dask worker` start, as a user types it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.started = folder, list[subprocess.Popen[bytes]]()
        told = folder / "scheduler.json"
        self.scheduler = self.start("scheduler", "--port", "0", "--scheduler-file", str(told))
        until(lambda: told.is_file() and told.read_text().strip().endswith("}"))  # it is there before it is written
        self.address: str = json.loads(told.read_text())["address"]
        self.workers: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A process that listens on the loopback alone."""
        command = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"]
        environment = os.environ | {"PYTHONPATH": str(TOP), "OMP_NUM_THREADS": "1"}
        with open(self.folder / f"{len(self.started)}.log", "wb") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        self.started.append(process)
        return process

    def join(self, threads: int = 1) -> subprocess.Popen[bytes]:
        """One more worker, which may still be on its way."""
        words = ("--nthreads", str(threads), "--no-nanny", "--local-directory", str(self.folder))
        self.workers.append(self.start("worker", self.address, *words))
        return self.workers[-1]


@contextlib.contextmanager
def processes(folder: Path, workers: int = 2) -> Iterator[Processes]:
    """A scheduler with workers, which end with the test."""
    running = Processes(folder)
    try:
        for _ in range(workers):
            running.join()
        yield running
    finally:
        for process in running.started:
            process.kill()
        for process in running.started:
            process.wait()


def until(true: object, patience_s: float = PATIENCE_S) -> None:
    """Wait until a function gives something true."""
    assert callable(true)
    end = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
