"""Calls of a kernel through its machine address, under one of the written signatures.

Kernels are compiled for one signature each and called by the engine through their address, so the engine's loop is
compiled once for every plug-in there will be, and no plug-in waits for another's compilation.
"""

import functools
import time
from typing import Any, NamedTuple

from numba import types
from numba.extending import intrinsic

from bench.kernels import cache
from bench.kernels.diagnosis import diagnosed
from bench.spec import Component, Derivatives


def floats(dimensions: int) -> types.Array:
    """The type of a contiguous array of doubles."""
    return types.Array(types.float64, dimensions, "C")


_1, _2, _3 = floats(1), floats(2), floats(3)
_derivatives = types.NamedTuple([_2, _3, _3, _3], Derivatives)
_component = types.NamedTuple([_2, _2, _2], Component)
TRANSPORT = types.void(_3, types.int64, _1, _1)  # noise, j, theta, y
WEIGH = types.void(_1, _3, types.int64, _1, _1, types.boolean, _2)  # weight, noise, j, theta, y, first, out
DENSITY = types.void(_1, _1, _1)  # y, theta, out
OWN_WEIGHT = types.void(_3, _2, _2, _1, _derivatives, _2)  # noise, y, theta, phi, f, out
JOINT_WEIGHT = types.void(_1, types.int64, _1)  # value, samples, out
PLACE = types.void(_3, types.int64, _1, _1, _2)  # noise, j, theta, phi, x
VALUE = types.void(_2, _1, _1, _1)  # y, data, phi, out
DERIVATIVE = types.void(_2, _1, _1, _2)  # y, data, phi, out
MOMENTS = types.void(_1, _2)  # theta, out
CONSTANT = types.void(_2, types.int64, _1, _1)  # moments, j, phi, out
COMBINE = types.void(_3, types.int64, _1, _1, _component, types.boolean, _2)  # noise, j, theta, phi, f, first, out


class Linked(NamedTuple):
    """A kernel that is ready to be called: its machine address, and what its first use cost in this process."""

    address: int
    seconds: float  # of compiling it, or of loading it from the disk cache


@functools.cache
def linked(kernel: Any, signature: Any) -> Linked:
    """A kernel under `signature`, compiled or loaded from the disk cache on first use."""
    start = time.perf_counter()
    with cache.alone(kernel), diagnosed(kernel):
        kernel.compile(signature)
    seconds = time.perf_counter() - start
    machine_code = kernel.overloads[tuple(signature.args)]
    return Linked(int(machine_code.library.get_pointer_to_function(machine_code.fndesc.llvm_func_name)), seconds)


def address(kernel: Any, signature: Any) -> int:
    """The machine address of a kernel under `signature`."""
    return linked(kernel, signature).address


@intrinsic  # type: ignore[untyped-decorator]
def call(typing_context: Any, pointer: Any, arguments: Any) -> Any:
    """call(pointer, (arguments, ...)): call the kernel at an address. The argument types must be its signature's."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kinds = signature.args[1].types
        function = context.call_conv.get_function_type(types.none, kinds)
        target = builder.inttoptr(values[0], function.as_pointer())
        unpacked = [builder.extract_value(values[1], i) for i in range(len(kinds))]
        status, _ = context.call_conv.call_function(builder, target, types.none, kinds, unpacked)
        with builder.if_then(status.is_error, likely=False):
            context.call_conv.return_status_propagate(builder, status)
        return context.get_dummy_value()

    return types.void(pointer, arguments), generate
