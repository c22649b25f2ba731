"""The policy of all kernels: what survives compilation, and a cache that no edit can fool."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bench.kernels import calls, jit
from bench.kernels.jit import kernel
from bench.kernels.normal import location_scale

CALLEE = """from bench.kernels.jit import kernel


@kernel
def constant(out):
    out[0] = 2.0
"""
CALLER = """import numpy as np
from bench.kernels import jit
from bench.callee import constant
from bench.kernels.jit import kernel


@kernel
def caller(out):
    constant(out)


out = np.zeros(1)
caller(out)
print(out[0], sum(caller.stats.cache_hits.values()), jit.CACHE.name)
"""


@kernel
def look(x, out):
    """out <- sum, number of NaNs, 1 / 0, x[0] / x[0]."""
    for i in range(x.size):
        out[0] += x[i]
        out[1] += np.isnan(x[i])
    out[2] = 1.0 / (x[0] - x[0])
    out[3] = x[0] / x[0]


def test_nan_and_infinity_survive_and_division_by_zero_is_no_error() -> None:
    for values, total, nans in (([1.0, np.nan, 2.0], np.nan, 1), ([1.0, np.inf], np.inf, 0), ([1.0] * 100, 100.0, 0)):
        out = np.zeros(4)
        look(np.array(values), out)
        np.testing.assert_array_equal(out, [total, nans, np.inf, 1.0])


def test_kernels_release_the_lock_and_keep_their_python() -> None:
    assert look.targetoptions["nogil"]
    assert look.targetoptions["fastmath"] == {"reassoc", "contract", "nsz"}
    out = np.zeros(4)
    with np.errstate(divide="ignore"):
        look.py_func(np.array([2.0, 3.0]), out)
    np.testing.assert_array_equal(out, [5.0, 0.0, np.inf, 1.0])


def test_kernels_outside_the_package_are_not_cached() -> None:
    assert look.stats.cache_path is None
    assert location_scale.stats.cache_path is not None
    assert Path(location_scale.stats.cache_path).is_relative_to(jit.CACHE)


def test_an_address_is_compiled_once_and_calls_the_kernel() -> None:
    @kernel
    def triple(numbers, samples, out):
        out[0, 0] = 3 * numbers[0, 0] * samples

    @kernel
    def through(pointer, numbers, samples, out):
        calls.call(pointer, (numbers, samples, out))

    pointer = calls.address(triple, calls.ESTIMATE)
    seconds = calls.compile_seconds[triple]
    assert seconds > 0
    assert calls.address(triple, calls.ESTIMATE) == pointer
    assert calls.compile_seconds[triple] == seconds
    out = np.zeros((2, 1))
    through(pointer, np.full((2, 4), 5.0), 2, out)
    assert out[0, 0] == 30.0


def test_the_hash_sees_every_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jit, "PACKAGE", tmp_path)
    (tmp_path / "inside").mkdir()
    hashes = [jit.source_hash()]
    for name, text in (("a.py", "1"), ("inside/b.py", "1"), ("inside/b.py", "2"), ("c.py", "")):
        (tmp_path / name).write_text(text)
        hashes.append(jit.source_hash())
    (tmp_path / "a.py").rename(tmp_path / "z.py")
    hashes.append(jit.source_hash())
    assert len(set(hashes)) == len(hashes)
    (tmp_path / "data.csv").write_text("1")
    assert jit.source_hash() == hashes[-1]


def test_the_cache_folder_has_the_hash_for_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "here"))
    assert jit.cache_folder() == tmp_path / "here" / jit.source_hash()[:16]
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert jit.cache_folder() == tmp_path / "mcgrad-bench" / jit.source_hash()[:16]
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    assert jit.cache_folder() is None


def test_an_edit_of_a_callee_in_another_file_is_seen(tmp_path: Path) -> None:
    """Numba's own index would give the old number: it looks at the caller's file alone."""
    shutil.copytree(jit.PACKAGE, tmp_path / "bench", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "bench" / "caller.py").write_text(CALLER)
    callee = tmp_path / "bench" / "callee.py"
    variables = os.environ | {"PYTHONPATH": str(tmp_path), "NUMBA_CACHE_DIR": str(tmp_path / "cache")}

    def run() -> list[str]:
        command = [sys.executable, "-m", "bench.caller"]
        done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=True)
        return done.stdout.split()

    callee.write_text(CALLEE)
    first, again = run(), run()
    callee.write_text(CALLEE.replace("2.0", "3.0"))
    edited = run()
    assert [first[0], again[0], edited[0]] == ["2.0", "2.0", "3.0"]
    assert [first[1], again[1], edited[1]] == ["0", "1", "0"]
    assert first[2] == again[2] != edited[2]
