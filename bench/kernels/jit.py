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
from bench.kernels import cache

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": {"reassoc", "contract", "nsz"}}


def kernel(function: Callable[..., None], **changes: Any) -> Any:
    """Compile `function` on first use under the policy above; `.py_func` is the interpreted original."""
    inside = Path(function.__code__.co_filename).is_relative_to(PACKAGE)
    return numba.njit(**OPTIONS | changes, cache=inside and cache.folder() is not None)(function)


def subroutine(function: Callable[..., None]) -> Any:
    """A part of the kernels that call it, which are compiled as one; it may move numbers but not round them."""
    return numba.njit(**OPTIONS, inline="always")(function)
