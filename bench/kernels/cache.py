"""Where compiled kernels are kept between runs, under a hash of the sources that decide digits.

Numba's own index sees edits of a kernel's file only, not of the functions that it calls. The hash sees all of them, and
nothing that decides no digit: an edited caption recompiles no kernel and discards no journal.
"""

import contextlib
import fcntl
import functools
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from numba.core import config as numba_config

from bench import PACKAGE
from bench.kernels.kept import not_kept, warn

DIGITS = (
    *("spec", "kernels", "wrap", "statistics", "samplers", "objectives", "estimators", "families", "data"),
    *("phi.py", "plan", "engine", "oracle", "clock", "descent"),
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


def place() -> Path:
    """Where compiled kernels are kept: below `NUMBA_CACHE_DIR`, else below the user's cache folder."""
    base = os.environ.get("NUMBA_CACHE_DIR") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "mcgrad-bench"
    )
    return Path(base) / source_hash()[:16]


def obstacle(folder: Path) -> OSError | None:
    """What keeps a folder, which is made, from being written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error


@functools.cache
def folder() -> Path | None:
    """The folder of this process, told to Numba when the first kernel asks for it; None if not to be written."""
    path = place()
    if obstacle(path):
        return None
    numba_config.CACHE_DIR = str(path)
    numba_config.CACHE_LOCATOR_CLASSES = ""  # which NUMBA_CACHE_LOCATOR_CLASSES would put in the place of the folder
    return path


@contextlib.contextmanager
def alone(kernel: Any) -> Iterator[None]:
    """Around a kernel's first use: one process at a time compiles, for Numba's cache may crash when several do."""
    with contextlib.ExitStack() as lock:
        if not kernel.overloads:
            try:
                file = lock.enter_context(open(place() / "lock", "w"))
                fcntl.flock(file, fcntl.LOCK_EX)
            except OSError as error:
                warn(not_kept(place(), obstacle(place()) or error))
        yield
