"""Fault injection: whatever stops a sweep, the same command finishes it, to the byte. `make slow` runs it; minutes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.slow

SWEEP = [sys.executable, "-m", "bench", "sweep", "study=smoke", "precision=0.02", "rounds=1", "name=run"]
TABLES = ("statistics.csv", "ratios.csv")


def finish(folder: Path, *overrides: str) -> dict[str, bytes]:
    """Run the sweep to its end; the bytes of its reproducible tables."""
    subprocess.run([*SWEEP, f"output={folder}", *overrides], check=True, capture_output=True)
    return {name: (folder / "run" / name).read_bytes() for name in TABLES}


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    finish(tmp_path_factory.mktemp("warm"))
    start = time.monotonic()
    return finish(tmp_path_factory.mktemp("whole")), time.monotonic() - start


def stop(folder: Path, number: int, after: float) -> int:
    """Start the sweep, send it a signal after so many seconds, give its exit code."""
    with subprocess.Popen(
        [*SWEEP, f"output={folder}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(after)
        process.send_signal(number)
        return process.wait()


@pytest.mark.parametrize("case", range(25))
def test_kill_at_a_random_moment_and_resume(case: int, uninterrupted, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    tables, seconds = uninterrupted
    after = np.random.Generator(np.random.PCG64(case)).uniform(0, seconds)
    stop(tmp_path, signal.SIGKILL, after)
    assert finish(tmp_path) == tables


def test_interrupt_and_resume(uninterrupted, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Once it says that it samples, which lasts for seconds on any machine."""
    tables, _ = uninterrupted
    with subprocess.Popen(
        [*SWEEP, f"output={tmp_path}"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr is not None
        assert any(line.startswith("sampling ") for line in run.stderr)
        run.send_signal(signal.SIGINT)
        assert "interrupted" in run.stderr.read()
        assert run.wait() == 130
    assert finish(tmp_path) == tables


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no small file system can be made here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_full_disk(uninterrupted, small_disk: Path) -> None:  # type: ignore[no-untyped-def]
    tables, _ = uninterrupted
    full = subprocess.run([*SWEEP, f"output={small_disk}"], capture_output=True, text=True)
    assert full.returncode == 2, full.stderr
    errors = [line for line in full.stderr.splitlines() if line.startswith("error:")]
    assert len(errors) == 1
    assert "no room left" in errors[0]
    assert "Traceback" not in full.stderr
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
    assert finish(small_disk) == tables
    assert not [name for name in os.listdir(small_disk / "run") if name.startswith(".")]
