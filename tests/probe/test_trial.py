"""A kernel on a few draws: what is right passes, each slip is told, in plain kernels and in those that add."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from bench.errors import BadInput
from bench.kernels import calls
from bench.kernels.jit import kernel
from bench.probe import trial
from bench.probe.kernels import Called
from bench.probe.trial import Trial
from bench.spec import Component
from bench.wrap.lifted import objective_kernel

DRAWS = 8
Y = np.linspace(-1.0, 2.0, DRAWS)
STATE = np.zeros(1)


def density(function: Callable[..., None], compile_as: Callable[..., Any] = kernel) -> Trial:
    """The trial of a density, or what else takes (y, theta, out)."""
    compiled = compile_as(function)
    calls.address(compiled, calls.DENSITY)
    return Trial(Called(compiled, calls.DENSITY, "here"), {"y": Y, "theta": np.ones(2)}, "out", (DRAWS,))


def right(y, theta, out):
    for i in range(y.size):
        out[i] = theta[0] * y[i]


def logarithm_of_zero(y, theta, out):
    for i in range(y.size):
        out[i] = math.log(theta[0] - 1.0)  # raises where it is interpreted, and is -inf where it is compiled


def nothing_finite(y, theta, out):
    for i in range(y.size):
        out[i] = np.nan


@pytest.mark.parametrize("function", [right, logarithm_of_zero, nothing_finite])
def test_what_is_right_passes(function: Callable[..., None]) -> None:
    density(function).run()


def out_of_bounds(y, theta, out):
    for i in range(y.size + 1):
        out[i] = theta[0]


def half(y, theta, out):
    for i in range(y.size // 2):
        out[i] = y[i]


def writes_to_y(y, theta, out):
    for i in range(y.size):
        out[i] = y[i]
        y[i] = 0.0


def raises(y, theta, out):
    if theta[0] > 0.5:
        raise ValueError("too large")
    out[:] = 0.0


def prints(y, theta, out):
    print("a", "word")
    for i in range(y.size):
        out[i] = y[i]


def draws(y, theta, out):
    for i in range(y.size):
        out[i] = np.random.normal()  # noqa: NPY002


def reads_out(y, theta, out):
    for i in range(y.size):
        out[i] = abs(out[i]) * y[i]


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (
            out_of_bounds,
            "here: line {0}: index 8 is out of bounds for axis 0 with size 8; allowed: within y (8,), theta ",
        ),
        (half, "here: leaves out[4] unwritten; allowed: to write all of out (8,)"),
        (writes_to_y, "here: writes to its input y; allowed: to write to out of shape (8,) alone"),
        (raises, "here: line {0}: raises ValueError: too large"),
        (prints, "here: prints 'a word"),
        (draws, "here: gives other values the second time; allowed: a function of its arguments alone"),
        (
            reads_out,
            "here: reads out before it writes it, or memory that it was not given, for out[0]; allowed: to write",
        ),
    ],
)
def test_a_slip_is_told(function: Callable[..., None], message: str) -> None:
    with pytest.raises(BadInput) as caught:
        density(function).run()
    assert str(caught.value).startswith(message.format(function.__code__.co_firstlineno + 2))


def combined(function: Callable[..., None]) -> Trial:
    """The trial of a rule of points that asks for the slope."""
    compiled = kernel(function)
    calls.address(compiled, calls.COMBINE)
    unasked = np.full((1, DRAWS), np.nan)
    inputs = {"noise": Y.reshape(1, 1, -1), "j": 0, "theta": np.ones(2), "phi": np.empty(0)}
    f = Component(unasked, Y.reshape(1, -1), unasked)
    called = Called(compiled, calls.COMBINE, "here")
    return Trial(called, inputs | {"f": f}, "out", (1, DRAWS), adds=True, unread=("value", "curvature"))


def adds(noise, j, theta, phi, f, first, out):
    for i in range(out.shape[1]):
        out[0, i] = f.slope[0, i] if first else out[0, i] + f.slope[0, i]


def always_writes(noise, j, theta, phi, f, first, out):
    for i in range(out.shape[1]):
        out[0, i] = f.slope[0, i]


def always_adds(noise, j, theta, phi, f, first, out):
    for i in range(out.shape[1]):
        out[0, i] += f.slope[0, i]


def reads_what_it_did_not_ask_for(noise, j, theta, phi, f, first, out):
    for i in range(out.shape[1]):
        out[0, i] = f[0][0, i] if first else out[0, i] + f[0][0, i]


def test_a_kernel_that_adds_passes() -> None:
    combined(adds).run()


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (always_writes, "here: does not add to out where first is False; allowed: to write where it is True"),
        (always_adds, "here: adds to out where first is True; allowed: to write there"),
        (
            reads_what_it_did_not_ask_for,
            "here: line {0}: index 0 is out of bounds for axis 0 with size 0; allowed: within",
        ),
    ],
)
def test_a_slip_of_a_kernel_that_adds_is_told(function: Callable[..., None], message: str) -> None:
    with pytest.raises(BadInput) as caught:
        combined(function).run()
    assert str(caught.value).startswith(message.format(function.__code__.co_firstlineno + 2))


def test_a_lifted_function_is_tried_as_it_is_called() -> None:
    def counts(y, data, phi, out):
        STATE[0] += 1.0
        out[:] = y[0] + STATE[0]

    def alike(y, data, phi, out):
        out[:] = y[0]

    for function, passes in ((alike, True), (counts, False)):
        lifted = objective_kernel(function)
        calls.address(lifted, calls.VALUE)
        inputs = {"y": Y.reshape(1, -1), "data": np.empty(0), "phi": np.empty(0)}
        attempt = Trial(Called(lifted, calls.VALUE, "here"), inputs, "out", (DRAWS,))
        if passes:
            attempt.run()
        else:
            with pytest.raises(BadInput, match="gives other values the second time"):
                attempt.run()


def slow(y, theta, out):
    total = 0.0
    for i in range(20_000_000):
        total += i * theta[0]
    for i in range(y.size):
        out[i] = total


def test_a_kernel_that_is_slow_to_interpret_is_tried_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "INTERPRETED_S", 0.05)
    density(slow).run()
