"""One kernel's files in Numba's cache, with a digest beside them: what is damaged is compiled again, not loaded.

Numba loads machine code as it finds it, and takes a full disk for an error of the kernel.
"""

import contextlib
import fcntl
import functools
import glob
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from numba.core.caching import IndexDataCacheFile


class Kept:
    """Numba's cache of one kernel, in its place: in `folder`, for the sources that `stamp` stands for.

    Numba asks where a source lies and how old it is, so each copy of one source would be compiled by itself.
    """

    def __init__(self, cache: Any, folder: Path, stamp: str) -> None:
        self.cache, self.folder, self.stem = cache, folder, cache._impl.filename_base
        cache._cache_path, cache._cache_file = str(folder), IndexDataCacheFile(str(folder), self.stem, stamp)
        self.digest = self.folder / f"{self.stem}.sha256"
        self.lock = self.folder / f"{self.stem}.lock"  # of the files: a kernel may be compiled within two others

    def __getattr__(self, name: str) -> Any:
        """All else is Numba's."""
        return getattr(self.cache, name)

    def load_overload(self, signature: Any, context: Any) -> Any:
        """The machine code for a signature; None where there is none, or where its files are not as they were left."""
        with contextlib.ExitStack() as lock:
            with contextlib.suppress(OSError):  # of a folder that is not there yet
                lock.enter_context(locked(self.lock))
            files = self._files()
            if files and not self._sound(files):
                warn(f"compiled kernels in {str(self.folder.parent)!r} are damaged; they are compiled again")
                for path in files:
                    path.unlink()
            return self.cache.load_overload(signature, context)

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Keep machine code; where there is no room the kernel is used all the same."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.lock):
                self.cache.save_overload(signature, compiled)
                self.digest.write_text(_digest(self._files()))
        except OSError as error:
            warn(not_kept(self.folder.parent, error))

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"{glob.escape(self.stem)}.*nb[ic]"))

    def _sound(self, files: list[Path]) -> bool:
        return self.digest.is_file() and self.digest.read_bytes() == _digest(files).encode()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time; OSError where the file cannot be written."""
    with open(path, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def not_kept(folder: Path, error: OSError) -> str:
    """Why compiled kernels are not kept, and what to do."""
    reason = error.strerror or type(error).__name__
    return (
        f"compiled kernels are not kept in {str(folder)!r}: {reason}; the next run compiles them again; "
        "make room there, or name another folder in NUMBA_CACHE_DIR"
    )


@functools.cache
def warn(words: str) -> None:
    """Say it on standard error, once."""
    print(f"warning: {words}", file=sys.stderr, flush=True)
