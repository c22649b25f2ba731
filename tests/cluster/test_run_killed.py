"""Processes of a cluster that are killed while a sweep runs: it completes or resumes, to the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.clusters import PATIENCE_S, Processes, processes, until
from tests.support.command import TOP

pytestmark = pytest.mark.slow
SWEEP = ("study=smoke", "precision=0.0012", "rounds=0", "sigma=[0.5,2.0]")


class Running:
    """A sweep in a process of its own; what it says goes into a file."""

    def __init__(self, folder: Path, name: str, *words: str) -> None:
        self.folder, self.said = folder / name, folder / f"{name}.txt"
        command = [sys.executable, "-m", "bench", "sweep", *SWEEP, f"output={folder}", f"name={name}", *words]
        with open(self.said, "wb") as file:
            self.process = subprocess.Popen(command, cwd=TOP, stdout=subprocess.DEVNULL, stderr=file)

    def is_sampling(self) -> bool:
        """Whether it has told of draws, and of seconds to go."""
        assert self.process.poll() is None, self.said.read_text()
        return "s to go" in self.said.read_text()

    def ended(self) -> int:
        return self.process.wait(5 * PATIENCE_S)

    def tables(self) -> list[bytes]:
        return [(self.folder / f"{name}.csv").read_bytes() for name in ("statistics", "ratios")]


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    running = Running(tmp_path_factory.mktemp("serial"), "serial", "executor=serial")
    assert running.ended() == 0
    return running.tables()


def on(cluster: Processes) -> tuple[str, ...]:
    return "executor=dask", f"executor.address='{cluster.address}'"


def test_a_worker_is_killed_and_another_joins(tmp_path: Path, serial: list[bytes]) -> None:
    with processes(tmp_path) as cluster:
        running = Running(tmp_path, "dask", *on(cluster))
        until(running.is_sampling)
        cluster.workers[0].kill()
        cluster.join()
        assert running.ended() == 0, running.said.read_text()
        assert "differs" not in running.said.read_text()
        assert cluster.workers[2].poll() is None
    assert running.tables() == serial


def test_all_workers_are_killed_and_one_joins(tmp_path: Path, serial: list[bytes]) -> None:
    with processes(tmp_path) as cluster:
        running = Running(tmp_path, "dask", *on(cluster))
        until(running.is_sampling)
        for worker in cluster.workers:
            worker.kill()
        cluster.join()
        assert running.ended() == 0, running.said.read_text()
    assert running.tables() == serial


def test_no_worker_is_left(tmp_path: Path) -> None:
    with processes(tmp_path) as cluster:
        running = Running(tmp_path, "dask", *on(cluster), "executor.wait_s=3")
        until(running.is_sampling)
        for worker in cluster.workers:
            worker.kill()
        assert running.ended() == 1
    line = running.said.read_text().splitlines()[-1]
    assert line.startswith(f"error: executor: no worker is connected to {cluster.address} for 3 s; start some")


def test_the_scheduler_is_killed_and_threads_resume(tmp_path: Path, serial: list[bytes]) -> None:
    with processes(tmp_path) as cluster:
        running = Running(tmp_path, "dask", *on(cluster))
        until(running.is_sampling)
        cluster.scheduler.kill()
        assert running.ended() == 1
    told = running.said.read_text().splitlines()
    assert told[-1].startswith(f"error: executor: the scheduler at {cluster.address} is gone; run the same command")
    assert not [line for line in told[:-1] if not line.startswith("sampling")]
    assert sorted(os.listdir(running.folder)) == ["journal.lock", "journal.sqlite"]
    resumed = Running(tmp_path, "dask", "executor=threads")
    assert resumed.ended() == 0
    assert resumed.tables() == serial


def test_a_worker_of_another_compiler_joins_and_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with processes(tmp_path, 1) as cluster:
        running = Running(tmp_path, "dask", *on(cluster))
        until(running.is_sampling)
        monkeypatch.setenv("NUMBA_LOOP_VECTORIZE", "1")
        cluster.join()
        assert running.ended() == 2
    line = running.said.read_text().splitlines()[-1]
    assert line.startswith(
        "error: executor: a worker differs in what decides digits: NUMBA_LOOP_VECTORIZE None here, 1"
    )
