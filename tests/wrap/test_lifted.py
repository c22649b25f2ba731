"""Python functions as kernels: called by address, by threads, with exceptions let through."""

from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np
import pytest
from numba import types

from bench.errors import BadInput
from bench.kernels import calls
from bench.kernels.jit import kernel
from bench.wrap import lifted
from tests.support import through


def double(y, data, phi, out):
    out[:] = 2 * y[0]


def test_a_lifted_function_is_called_by_address_and_interpreted_alike() -> None:
    kernel, y, out, interpreted = lifted.objective_kernel(double), through.draws(1, 9), np.zeros(9), np.zeros(9)
    through.call(kernel, calls.VALUE, y, through.NOTHING, through.NOTHING, out)
    kernel.py_func(y, through.NOTHING, through.NOTHING, interpreted)
    assert np.array_equal(out, 2 * y[0])
    assert np.array_equal(out, interpreted)


def test_python_calls_the_function_itself_and_other_kernels_as_they_are() -> None:
    assert lifted.uncompiled(lifted.objective_kernel(double)) is double
    assert lifted.uncompiled(through.through) is through.through
    assert lifted.uncompiled(double) is double


def test_each_kernel_calls_its_own_function() -> None:
    kernels = [lifted.joint_kernel(lambda value, samples, out, i=i: np.copyto(out, i * samples)) for i in range(3)]
    assert [through.joint(kernel, np.zeros(1), 5)[0] for kernel in kernels] == [0, 5, 10]


def test_exceptions_come_through_compiled_code_as_they_are() -> None:
    cause = ValueError("cause")

    def refuse(y, data, phi, out):
        raise BadInput("a line") from cause

    kernel, y = lifted.objective_kernel(refuse), through.draws(1, 4)
    with pytest.raises(BadInput, match=r"^a line$") as caught:
        through.call(kernel, calls.VALUE, y, through.NOTHING, through.NOTHING, np.zeros(4))
    assert caught.value.__cause__ is cause


def test_threads_call_side_by_side() -> None:
    kernel = lifted.objective_kernel(double)
    calls.address(kernel, calls.VALUE)

    def work(seed: int) -> bool:
        y, out = through.draws(1, 64, seed), np.zeros(64)
        for _ in range(200):
            out[:] = 0
            through.call(kernel, calls.VALUE, y, through.NOTHING, through.NOTHING, out)
            if not np.array_equal(out, 2 * y[0]):
                return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(8)))


def test_lifted_kernels_follow_the_policy_of_kernels() -> None:
    for make in (lifted.objective_kernel, lifted.weight_kernel, lifted.joint_kernel):
        assert make(double).targetoptions["error_model"] == "numpy"


def halves(theta):
    return theta / 2


@kernel
def compiled_halves(theta):
    return theta / 2


@pytest.mark.parametrize("function", [halves, compiled_halves])
def test_a_function_of_theta_is_called_as_it_is_or_compiled_in(function) -> None:
    lifts, theta, out = lifted.theta_kernel(function), np.array([3.0, 5.0]), np.zeros(2)
    signature = types.void(calls.floats(1), calls.floats(1))
    address = calls.address(lifts, signature)

    @numba.njit
    def go(address, theta, out):
        calls.call(address, (theta, out))

    go(address, theta, out)
    assert out.tolist() == [1.5, 2.5]
