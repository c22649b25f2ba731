"""Damaged files of compiled kernels are removed before they are loaded; a disk without room stops nothing."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench import PACKAGE
from bench.families.normal import transport
from bench.kernels import kept
from bench.kernels.kept import Kept

CODE = b"machine code"
NO_CACHE = shutil.ignore_patterns("__pycache__")


class Numbas:
    """A cache like Numba's, of an index and a file of code."""

    def __init__(self, folder: Path) -> None:
        self._impl = SimpleNamespace(filename_base="kernel-3.py311")
        self.index, self.code = folder / "kernel-3.py311.nbi", folder / "kernel-3.py311.1.nbc"
        self.room = True

    def load_overload(self, signature: Any, context: Any) -> bytes | None:
        return self.code.read_bytes() if self.index.exists() and self.code.exists() else None

    def save_overload(self, signature: Any, compiled: bytes) -> None:
        self.index.write_bytes(b"index")
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.code.write_bytes(compiled)


def kept_by(numbas: Numbas) -> Kept:
    return Kept(numbas, numbas.code.parent, "a hash of sources")


@pytest.fixture
def numbas(tmp_path: Path) -> Iterator[Numbas]:
    kept.warn.cache_clear()
    (tmp_path / "rooms").mkdir()
    yield Numbas(tmp_path / "rooms")
    kept.warn.cache_clear()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kernel-3.py311.1.nbc", b"machine cod"),
        ("kernel-3.py311.1.nbc", b"machine cede"),
        ("kernel-3.py311.1.nbc", b""),
        ("kernel-3.py311.nbi", b"\0\0\0\0\0"),
        ("kernel-3.py311.sha256", b""),
        ("kernel-3.py311.2.nbc", b"of another"),
    ],
)
def test_what_is_damaged_is_compiled_again(
    numbas: Numbas, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = kept_by(numbas)
    assert cache.load_overload(None, None) is None
    cache.save_overload(None, CODE)
    assert cache.load_overload(None, None) == CODE
    assert capsys.readouterr().err == ""
    (numbas.code.parent / name).write_bytes(content)
    assert cache.load_overload(None, None) is None
    words = f"warning: compiled kernels in {str(numbas.code.parent.parent)!r} are damaged; they are compiled again\n"
    assert capsys.readouterr().err == words
    cache.save_overload(None, CODE)
    assert cache.load_overload(None, None) == CODE
    assert capsys.readouterr().err == ""


def test_files_without_a_digest_are_not_trusted(numbas: Numbas) -> None:
    numbas.save_overload(None, CODE)
    assert kept_by(numbas).load_overload(None, None) is None


def test_a_full_disk_is_named_once_and_stops_nothing(numbas: Numbas, capsys: pytest.CaptureFixture[str]) -> None:
    numbas.room = False
    cache = kept_by(numbas)
    cache.save_overload(None, CODE)
    cache.save_overload(None, CODE)
    err = capsys.readouterr().err
    assert err.startswith(
        f"warning: compiled kernels are not kept in {str(numbas.code.parent.parent)!r}: No space left "
    )
    assert err.endswith("make room there, or name another folder in NUMBA_CACHE_DIR\n")
    assert err.count("\n") == 1
    numbas.room = True
    assert cache.load_overload(None, None) is None  # half of it was written


def test_kernels_of_the_package_are_kept() -> None:
    assert isinstance(transport._cache, Kept)
    assert Path(transport.stats.cache_path) == transport._cache.folder


PROGRAM = """
from bench import PACKAGE
from bench.families.normal import transport
from bench.kernels import calls
calls.address(transport, calls.TRANSPORT)
print(sum(transport.stats.cache_hits.values()), PACKAGE)
"""


def test_copies_of_one_source_share_what_is_compiled(tmp_path: Path) -> None:
    """Wherever they lie and however old their files are: a fresh clone finds what its twin has compiled."""
    copies = [Path(shutil.copytree(PACKAGE, tmp_path / name / "bench", ignore=NO_CACHE)) for name in ("one", "two")]
    for file in copies[1].rglob("*.py"):
        os.utime(file, (1e9, 1e9))
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-c", PROGRAM]
    said = [
        subprocess.run(command, cwd=copy.parent, env=environment, capture_output=True, text=True) for copy in copies
    ]
    assert [done.stdout.split() for done in said] == [["0", str(copies[0])], ["1", str(copies[1])]], said
