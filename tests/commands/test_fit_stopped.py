"""Fits that are killed, resumed, or meet a folder that is full or in use."""

import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from bench.engine.journal import Journal
from tests.support.command import TOP, contents, instead
from tests.support.fits import QUICK, fit_into, stopped, without_report
from tests.support.whole_fits import SMALL, fitted, numbers

pytestmark = pytest.mark.usefixtures("tables_alone")
LONG = (*SMALL, "steps=30000", "replicates=40", "learning_rate=[0.0001]", "resume=true")  # seconds
LONG_S = 2.0
SLOW_S = 60.0


def killed(folder: Path, after: float) -> None:
    """The long fit, killed so many seconds after it began to descend."""
    words = instead(*QUICK, *LONG, f"output={folder}", "name=fit")
    process = subprocess.Popen(
        [sys.executable, "-m", "bench", "fit", *words],
        cwd=TOP,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stderr is not None
        seen, end = b"", time.monotonic() + SLOW_S
        while b"descent: started" not in seen:
            assert time.monotonic() < end, seen
            assert process.poll() is None, seen
            seen += os.read(process.stderr.fileno(), 65536)
        time.sleep(after)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("uninterrupted")
    with pytest.MonkeyPatch.context() as patch:
        without_report(patch)
        out = fitted(folder, *LONG).out
    assert "session" not in out
    return folder


def moments(seed: int, count: int) -> list[float]:
    return np.random.default_rng(seed).uniform(0, LONG_S, count).tolist()


@pytest.mark.slow
def test_killed_twice_it_goes_on_to_the_same_bytes(uninterrupted: Path, tmp_path: Path) -> None:
    for after in moments(0, 2):
        killed(tmp_path, after)
    fitted(tmp_path, *LONG)
    assert numbers(tmp_path) == numbers(uninterrupted)


@pytest.mark.slow
@pytest.mark.parametrize("case", range(1, 11))
def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(uninterrupted: Path, tmp_path: Path, case: int) -> None:
    killed(tmp_path, *moments(case, 1))
    fitted(tmp_path, *LONG)
    assert numbers(tmp_path) == numbers(uninterrupted)


def test_a_resumed_fit_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped at its third writing, it reads what it has done, and names both sessions."""
    stopped(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        fit_into(tmp_path / "x", *SMALL, "resume=true")
    assert [path.name for path in (tmp_path / "x" / "fit").glob("*.csv")] == []
    out = fitted(tmp_path / "x", *SMALL, "resume=true").out
    said = [line.partition(":")[0] for line in out.splitlines() if line.startswith("session ")]
    assert said == ["session 1 of 2", "session 2 of 2"]
    assert len(json.loads((tmp_path / "x" / "fit" / "manifest.json").read_text())["sessions"]) == 2
    assert "session" not in fitted(tmp_path / "fresh", *SMALL).out
    assert numbers(tmp_path / "x") == numbers(tmp_path / "fresh")
    assert "session" not in fitted(tmp_path / "x", *SMALL, "resume=false").out


def test_a_disk_without_room_is_one_line_and_leaves_the_earlier_fit(tmp_path: Path) -> None:
    """`ulimit -f` lets no file grow over so many blocks."""
    words = instead(*QUICK, *SMALL, f"output={tmp_path}", "name=fit")
    line = " ".join(["ulimit -f 8; trap '' XFSZ; exec", sys.executable, "-m bench fit", *map(shlex.quote, words)])
    full = subprocess.run(["bash", "-c", line], cwd=TOP, capture_output=True, text=True, timeout=SLOW_S)
    assert full.returncode != 0
    assert "Traceback" not in full.stderr
    assert [error.startswith("error: ") for error in full.stderr.splitlines()].count(True) == 1
    assert not list((tmp_path / "fit").glob("*.csv"))


def test_a_folder_at_work_is_refused(tmp_path: Path) -> None:
    fitted(tmp_path, *SMALL)
    before = contents(tmp_path)
    with Journal(tmp_path / "fit"):
        code, _, err = fit_into(tmp_path, *SMALL, "seed=1")
    assert code == 2
    assert err.splitlines()[-1].startswith("error: name: a sweep, a fit or a report is at work in ")
    assert contents(tmp_path) == before
