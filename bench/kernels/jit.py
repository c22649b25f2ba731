"""The one decorator of all kernels.

Policy, and why:
- `error_model="numpy"`: a division by zero gives inf, as in NumPy, and loops that divide vectorise.
- `fastmath` of reassociation, contraction and signed zeros only: reductions vectorise, NaN and inf survive.
- `nogil`: threads run blocks side by side.
- Compiled kernels of the package are kept on disk (`bench.kernels.cache`); those outside the package are not.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

from bench import PACKAGE
from bench.errors import BadInput
from bench.kernels import cache
from bench.kernels.kept import Kept

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": {"reassoc", "contract", "nsz"}}


def kernel(function: Callable[..., None], **changes: Any) -> Any:
    """Compile `function` on first use under the policy above; `.py_func` is the interpreted original."""
    if numba.config.DISABLE_JIT:
        raise BadInput(
            "NUMBA_DISABLE_JIT=1 is not allowed, for kernels are called by their machine address; unset it "
            "(python -m bench check FILE runs the kernels of a plug-in interpreted too)"
        )
    compiled = numba.njit(**OPTIONS | changes)(function)
    file = Path(function.__code__.co_filename)
    if file.is_relative_to(PACKAGE) and (folder := cache.folder()) is not None:
        compiled.enable_caching()
        room = ".".join(file.relative_to(PACKAGE).parts[:-1])
        compiled._cache = Kept(compiled._cache, folder / room, cache.source_hash())
    return compiled


def subroutine(function: Callable[..., None]) -> Any:
    """A part of the kernels that call it, which are compiled as one; it may move numbers but not round them."""
    return numba.njit(**OPTIONS, inline="always")(function)


def part(function: Callable[..., None]) -> Any:
    """A short loop over arrays in the kernels that call it. As a subroutine it would be taken apart at every call."""
    return numba.njit(**OPTIONS, _nrt=False)(function)
