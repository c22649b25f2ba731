"""A cache of kernels that no edit can fool, and that no edit of a caption discards."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench import PACKAGE
from bench.kernels import cache, kept

CALLEE = """from bench.kernels.jit import kernel


@kernel
def constant(out):
    out[0] = 2.0
"""
CALLER = """import numpy as np
from bench import provenance, registry
from bench.kernels import cache
from bench.kernels.callee import constant
from bench.kernels.jit import kernel


@kernel
def caller(out):
    constant(out)


out = np.zeros(1)
caller(out)
print(out[0], sum(caller.stats.cache_hits.values()), cache.folder().name)
print(provenance.fingerprint(registry.Registry()))
"""


def test_the_hash_sees_every_source_that_decides_digits(tmp_path: Path) -> None:
    for name in cache.DIGITS:
        path = tmp_path / name
        (path.parent if path.suffix else path).mkdir(exist_ok=True)
    hashes = [cache.hash_of(tmp_path)]
    for name, text in (("spec/a.py", "1"), ("engine/b.py", "1"), ("engine/b.py", "2"), ("data/deep.py", "")):
        (tmp_path / name).write_text(text)
        hashes.append(cache.hash_of(tmp_path))
    (tmp_path / "engine" / "b.py").rename(tmp_path / "engine" / "z.py")
    hashes.append(cache.hash_of(tmp_path))
    assert len(set(hashes)) == len(hashes)
    (tmp_path / "data" / "data.csv").write_text("1")
    hashes.append(cache.hash_of(tmp_path))
    assert hashes[-1] != hashes[-2]
    (tmp_path / "data" / "source.md").write_text("1")
    assert cache.hash_of(tmp_path) == hashes[-1]


def test_every_room_that_decides_digits_is_there() -> None:
    assert all((PACKAGE / name).exists() for name in cache.DIGITS)


def test_the_cache_folder_has_the_hash_for_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "here"))
    assert cache.place() == tmp_path / "here" / cache.source_hash()[:16]
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.place() == tmp_path / "mcgrad-bench" / cache.source_hash()[:16]


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cache.obstacle(tmp_path / "new" / "folder") is None
    (tmp_path / "file").write_text("in the way")
    assert isinstance(cache.obstacle(tmp_path / "file" / "folder"), NotADirectoryError)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    kept.warn.cache_clear()
    for _ in range(2):
        with cache.alone(unused(len)):
            pass
    err = capsys.readouterr().err
    assert err.startswith(f"warning: compiled kernels are not kept in {str(cache.place())!r}: Not a directory; ")
    assert err.count("\n") == 1


def unused(function: object) -> SimpleNamespace:
    """A kernel of a function before its first use."""
    return SimpleNamespace(overloads={}, py_func=function)


def test_one_process_at_a_time_compiles_a_kernel_and_another_one_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    cache.place().mkdir()
    with cache.alone(unused(len)), cache.alone(unused(max)), pytest.raises(BlockingIOError):
        lock_at_once(cache.place() / "builtins.len.lock")
    lock_at_once(cache.place() / "builtins.len.lock")


def lock_at_once(path: Path) -> None:
    with open(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_edits_of_what_decides_digits_are_seen_and_no_others(tmp_path: Path) -> None:
    """Numba's own index would give the old number: it looks at the caller's file alone."""
    package = tmp_path / "bench"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "kernels" / "caller.py").write_text(CALLER)
    callee = package / "kernels" / "callee.py"
    variables = os.environ | {"PYTHONPATH": str(tmp_path), "NUMBA_CACHE_DIR": str(tmp_path / "cache")}

    def run() -> list[str]:
        """What the kernel gives, how often it was found in the cache, the cache's folder, the journal's fingerprint."""
        command = [sys.executable, "-m", "bench.kernels.caller"]
        done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=True)
        return done.stdout.split()

    callee.write_text(CALLEE)
    first, again = run(), run()
    for name in ("figures/variance_samples.py", "report/page/explorer.js", "report/page/data.py", "drawing/style.py"):
        (package / name).write_text((package / name).read_text() + "\n")
    captioned = run()
    callee.write_text(CALLEE.replace("2.0", "3.0"))
    edited = run()
    assert [run[0] for run in (first, again, captioned, edited)] == ["2.0", "2.0", "2.0", "3.0"]
    assert [run[1] for run in (first, again, captioned, edited)] == ["0", "1", "1", "0"]
    assert first[2:] == again[2:] == captioned[2:]
    assert first[2] != edited[2]
    assert first[3] != edited[3]
