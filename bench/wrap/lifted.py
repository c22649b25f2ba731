"""Python functions as kernels, which the engine calls by address like any other.

Such a kernel takes the interpreter's lock, calls the function with its arrays and lets its exceptions through. A call
costs some microseconds, whatever the number of draws. The compiled code knows its function by its place in a list.
"""

from collections.abc import Callable
from typing import Any

import numba

from bench.kernels.jit import OPTIONS

FUNCTIONS: list[Callable[..., None]] = []  # in the order in which they were lifted
# Numba warns where a kernel releases the lock and takes it back at once, and keeps no lifted code on disk.
POLICY: dict[str, Any] = OPTIONS | {"nogil": False}


def _filed(function: Callable[..., None]) -> int:
    FUNCTIONS.append(function)
    return len(FUNCTIONS) - 1


def _kernel(python_function: Callable[..., None], function: Callable[..., None]) -> Any:
    """The compiled call of a function; what it calls can be asked for, as `py_func.lifts`."""
    vars(python_function)["lifts"] = function
    return numba.njit(**POLICY)(python_function)


def uncompiled(kernel: Any) -> Any:
    """What Python may call in the place of a kernel: the function that it lifts, whose call takes long to compile."""
    return getattr(getattr(kernel, "py_func", None), "lifts", kernel)


def objective_kernel(function: Callable[..., None]) -> Any:
    """The kernel (y, data, phi, out) that calls `function` with its arguments."""
    place = _filed(function)

    def python_function(y, data, phi, out):
        index = place
        with numba.objmode():
            FUNCTIONS[index](y, data, phi, out)

    return _kernel(python_function, function)


def weight_kernel(function: Callable[..., None]) -> Any:
    """The kernel (noise, y, theta, phi, f, out) that calls `function` with its arguments."""
    place = _filed(function)

    def python_function(noise, y, theta, phi, f, out):
        index = place
        with numba.objmode():
            FUNCTIONS[index](noise, y, theta, phi, f, out)

    return _kernel(python_function, function)


def joint_kernel(function: Callable[..., None]) -> Any:
    """The kernel (value, samples, out) that calls `function` with its arguments."""
    place = _filed(function)

    def python_function(value, samples, out):
        index = place
        with numba.objmode():
            FUNCTIONS[index](value, samples, out)

    return _kernel(python_function, function)


def theta_kernel(function: Callable[..., Any]) -> Any:
    """The kernel (theta, out) that puts what a function gives of theta[k] into out: compiled where the function is."""
    if hasattr(function, "py_func"):

        def python_function(theta, out):
            result = function(theta)
            for i in range(out.size):
                out[i] = result[i]

        return numba.njit(**OPTIONS)(python_function)

    def fill(theta: Any, out: Any) -> None:
        out[:] = function(theta)

    place = _filed(fill)

    def lifting_function(theta, out):
        index = place
        with numba.objmode():
            FUNCTIONS[index](theta, out)

    return _kernel(lifting_function, fill)
