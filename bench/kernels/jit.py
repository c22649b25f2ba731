"""The one decorator of all kernels, its cache, and calls through an address.

Policy, and why:
- `error_model="numpy"`: a division by zero gives inf, as in NumPy, and loops that divide vectorise.
- `fastmath` of reassociation, contraction and signed zeros only: reductions vectorise, NaN and inf survive.
- `nogil`: threads run blocks side by side.
- The disk cache lives under a hash of every source file of the package, because Numba's own index sees edits of
  the kernel's file only, not of the functions that it calls. Kernels outside the package are not cached.
- Kernels are compiled for one written signature each and called by the engine through their address, so the
  engine's loop is compiled once for every plug-in there will be, and no plug-in waits for another's compilation.
"""

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
from numba import types
from numba.core import config as numba_config
from numba.extending import intrinsic

from bench import PACKAGE
from bench.spec import Evaluation


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


def _floats(dimensions: int) -> types.Array:
    return types.Array(types.float64, dimensions, "C")


FLOATS_1, FLOATS_2, FLOATS_3 = _floats(1), _floats(2), _floats(3)
_f, _1, _2, _3 = types.float64, FLOATS_1, FLOATS_2, FLOATS_3
_evaluation = types.NamedTuple([_2, _3, _3, _3], Evaluation)

PLACE = types.void(_3, _f, _f, _1, _3)  # noise, mu, sigma, theta, x
VALUE = types.void(_2, _1, _1, _1)  # y, data, theta, out
DERIVATIVE = types.void(_2, _1, _1, _2)  # y, data, theta, out
COMBINE = types.void(_3, _f, _f, _1, _evaluation, _2)  # noise, mu, sigma, theta, f, out
ESTIMATE = types.void(_2, types.int64, _2)  # numbers, samples, out

compile_seconds: dict[Any, float] = {}  # kernel -> what its first use cost in this process


def address(compiled: Any, signature: Any) -> int:
    """The machine address of a kernel under `signature`, compiled or loaded from the cache on first use."""
    if compiled not in compile_seconds:
        start = time.perf_counter()
        with alone(compiled):
            compiled.compile(signature)
        compile_seconds[compiled] = time.perf_counter() - start
    result = compiled.overloads[tuple(signature.args)]
    return int(result.library.get_pointer_to_function(result.fndesc.llvm_func_name))


@contextlib.contextmanager
def alone(compiled: Any) -> Iterator[None]:
    """Around a kernel's first use: one process at a time compiles, for Numba's cache may crash when several do."""
    if compiled.overloads or CACHE is None:
        yield
        return
    with open(CACHE / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@intrinsic  # type: ignore[untyped-decorator]
def call(typing_context: Any, pointer: Any, arguments: Any) -> Any:
    """call(pointer, (arguments, ...)): call the kernel at an address. The argument types must be its signature's."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kinds = signature.args[1].types
        function = context.call_conv.get_function_type(types.none, kinds)
        target = builder.inttoptr(values[0], function.as_pointer())
        given = [builder.extract_value(values[1], i) for i in range(len(kinds))]
        status, _ = context.call_conv.call_function(builder, target, types.none, kinds, given)
        with builder.if_then(status.is_error, likely=False):
            context.call_conv.return_status_propagate(builder, status)
        return context.get_dummy_value()

    return types.void(pointer, arguments), generate
