"""The one decorator of all kernels, its cache, and calls through an address.

Policy, and why:
- `error_model="numpy"`: a division by zero gives inf, as in NumPy, and loops that divide vectorise.
- `fastmath` of reassociation, contraction and signed zeros only: reductions vectorise, NaN and inf survive.
- `nogil`: threads run blocks side by side.
- The disk cache lives under a hash of every source file of the package, because Numba's own index sees edits of
  the kernel's file only, not of the functions that it calls. Kernels outside the package are not cached.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
from numba.core import config as numba_config

from bench import PACKAGE


def source_hash() -> str:
    """SHA-256 over the package's Python sources: it names the cache folder and goes into the manifest."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


SOURCES = source_hash()  # of what was imported: a file may change while the program runs


def cache_folder() -> Path | None:
    """Where compiled kernels are kept: `NUMBA_CACHE_DIR`, else the user's cache folder; None if not to be written."""
    base = os.environ.get("NUMBA_CACHE_DIR") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "mcgrad-bench"
    )
    folder = Path(base) / SOURCES[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


CACHE = cache_folder()
if CACHE is not None:
    numba_config.CACHE_DIR = str(CACHE)

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": {"reassoc", "contract", "nsz"}}


def kernel(function: Callable[..., None], **changes: Any) -> Any:
    """Compile `function` on first use under the policy above; `.py_func` is the interpreted original."""
    inside = Path(function.__code__.co_filename).is_relative_to(PACKAGE)
    return numba.njit(**OPTIONS | changes, cache=inside and CACHE is not None)(function)


def subroutine(function: Callable[..., None]) -> Any:
    """Compile a function into the kernels that call it; it may move numbers but not round them."""
    return numba.njit(**OPTIONS, forceinline=True)(function)


@contextlib.contextmanager
def alone(compiled: Any) -> Iterator[None]:
    """Around a kernel's first use: one process at a time compiles, for Numba's cache may crash when several do."""
    if compiled.overloads or CACHE is None:
        yield
        return
    with open(CACHE / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
