"""Where compiled kernels are kept between runs, under a hash of the sources that decide digits.

Numba's own index sees edits of a kernel's file only, not of the functions that it calls. The hash sees all of them, and
nothing that decides no digit: an edited caption recompiles no kernel and discards no journal.
"""

import contextlib
import functools
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from numba.core import config as numba_config

from bench import PACKAGE
from bench.kernels.kept import locked, not_kept, warn

DIGITS = (
    *("spec", "kernels", "wrap", "statistics", "samplers", "objectives", "estimators", "families", "data"),
    *("phi.py", "plan", "engine", "oracle", "clock", "descent"),
)  # the files and folders that decide digits, of statistics or of times
SHIPPED = (".py", ".csv", ".gz")  # sources and data


def hash_of(package: Path) -> str:
    """SHA-256 over the sources and the data of a package that decide digits."""
    digest = hashlib.sha256()
    places = (package / name for name in DIGITS)
    files = (file for place in places for file in ([place] if place.is_file() else place.rglob("*")))
    for path in sorted(file for file in files if file.suffix in SHIPPED):
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
    """Around a kernel's first use: one process at a time compiles it, and the others find it in the cache."""
    with contextlib.ExitStack() as lock:
        if not kernel.overloads:
            try:
                lock.enter_context(locked(place() / f"{kernel.py_func.__module__}.{kernel.py_func.__qualname__}.lock"))
            except OSError as error:
                warn(not_kept(place(), obstacle(place()) or error))
        yield
