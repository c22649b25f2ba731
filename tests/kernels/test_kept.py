"""Damaged files of compiled kernels are removed before they are loaded; a disk without room stops nothing."""

import errno
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench.families.normal import transport
from bench.kernels import kept
from bench.kernels.kept import Kept

CODE = b"machine code"


class Numbas:
    """A cache like Numba's, of an index and a file of code."""

    def __init__(self, folder: Path) -> None:
        self.cache_path, self._impl = str(folder), SimpleNamespace(filename_base="kernel-3.py311")
        self.index, self.code = folder / "kernel-3.py311.nbi", folder / "kernel-3.py311.1.nbc"
        self.room = True

    def load_overload(self, signature: Any, context: Any) -> bytes | None:
        return self.code.read_bytes() if self.index.exists() and self.code.exists() else None

    def save_overload(self, signature: Any, compiled: bytes) -> None:
        self.index.write_bytes(b"index")
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.code.write_bytes(compiled)


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
    cache = Kept(numbas)
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
    assert Kept(numbas).load_overload(None, None) is None


def test_a_full_disk_is_named_once_and_stops_nothing(numbas: Numbas, capsys: pytest.CaptureFixture[str]) -> None:
    numbas.room = False
    cache = Kept(numbas)
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
