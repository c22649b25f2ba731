"""Kernels called by their address."""

import numpy as np

from bench.kernels import calls
from bench.kernels.jit import kernel


def test_an_address_is_compiled_once_and_calls_the_kernel() -> None:
    @kernel
    def triple(value, samples, out):
        out[0] = 3 * value[0] * samples

    @kernel
    def through(pointer, value, samples, out):
        calls.call(pointer, (value, samples, out))

    pointer = calls.address(triple, calls.JOINT_WEIGHT)
    linked = calls.linked(triple, calls.JOINT_WEIGHT)
    assert linked.address == pointer
    assert linked.seconds > 0
    assert calls.linked(triple, calls.JOINT_WEIGHT) is linked
    out = np.zeros(4)
    through(pointer, np.full(4, 5.0), 2, out)
    assert out[0] == 30.0
