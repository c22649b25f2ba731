"""Where compiled kernels are kept between runs, under a hash of the sources that decide digits.

Numba's own index sees edits of a kernel's file only, not of the functions that it calls. The hash sees all of them, and
nothing that decides no digit: an edited caption recompiles no kernel and discards no journal.
"""

import contextlib
import fcntl
import functools
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from numba.core import config as numba_config

from bench import PACKAGE

DIGITS = (
    *("spec", "kernels", "wrap", "statistics", "samplers", "objectives", "estimators", "families", "data"),
    *("plan", "engine", "oracle", "clock"),
)  # the files and folders that decide digits, of statistics or of times


def hash_of(package: Path) -> str:
    """SHA-256 over the Python sources of a package that decide digits."""
    digest = hashlib.sha256()
    places = (package / name for name in DIGITS)
    for path in sorted(file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@functools.cache
def source_hash() -> str:
    """The hash of this package as it was imported: a file may change while the program runs."""
    return hash_of(PACKAGE)


def writable_folder() -> Path | None:
    """Where compiled kernels are kept: `NUMBA_CACHE_DIR`, else the user's cache folder; None if not to be written."""
    base = os.environ.get("NUMBA_CACHE_DIR") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "mcgrad-bench"
    )
    folder = Path(base) / source_hash()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


@functools.cache
def folder() -> Path | None:
    """The folder of this process, made and told to Numba when the first kernel asks for it."""
    path = writable_folder()
    if path is not None:
        numba_config.CACHE_DIR = str(path)
    return path


@contextlib.contextmanager
def alone(kernel: Any) -> Iterator[None]:
    """Around a kernel's first use: one process at a time compiles, for Numba's cache may crash when several do."""
    path = None if kernel.overloads else folder()
    if path is None:
        yield
        return
    with open(path / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
