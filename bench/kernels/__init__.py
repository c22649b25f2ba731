"""Compiled code: the decorator of all kernels, their calls by address, fast normals.

Numba is first imported here: of a variable that it cannot read it would go on with a warning of many lines.
"""

import os
import warnings
from importlib import import_module

from bench.errors import BadInput

with warnings.catch_warnings():
    warnings.filterwarnings("error", "Environment variable", RuntimeWarning)
    try:
        import_module("numba")
    except (RuntimeWarning, ValueError) as error:
        values = ", ".join(f"{name}={value!r}" for name, value in os.environ.items() if name.startswith("NUMBA_"))
        reason = str(error).partition("\n")[0].rstrip(".")
        raise BadInput(f"Numba does not take {values}: {reason}; unset what it does not take") from error
