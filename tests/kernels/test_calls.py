"""Kernels called by their address."""

import numpy as np

from bench.kernels import calls
from bench.kernels.jit import kernel


def test_an_address_is_compiled_once_and_calls_the_kernel() -> None:
    @kernel
    def triple(numbers, samples, out):
        out[0, 0] = 3 * numbers[0, 0] * samples

    @kernel
    def through(pointer, numbers, samples, out):
        calls.call(pointer, (numbers, samples, out))

    pointer = calls.address(triple, calls.ESTIMATE)
    linked = calls.linked(triple, calls.ESTIMATE)
    assert linked.address == pointer
    assert linked.seconds > 0
    assert calls.linked(triple, calls.ESTIMATE) is linked
    out = np.zeros((2, 1))
    through(pointer, np.full((2, 4), 5.0), 2, out)
    assert out[0, 0] == 30.0
