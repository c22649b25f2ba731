"""Where a fault lies: file, function and line of what a user wrote."""

import functools
import signal

import numpy as np
import pytest

from bench.faults import file_of, is_interrupt, line_of, name_of, reason
from bench.kernels.jit import kernel


def fails(y):
    return np.linalg.inv(y)


@kernel
def compiled(y):
    pass


class Callable:
    def __call__(self):
        pass


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (fails, "fails"),
        (compiled, "compiled"),
        (functools.wraps(fails)(lambda: 0), "fails"),
        (functools.partial(fails, y=1), "fails"),
        (Callable(), "Callable"),
    ],
)
def test_file_and_name_are_those_beneath_decorators(function, name: str) -> None:
    assert (file_of(function), name_of(function)) == (__file__, name)


@pytest.mark.parametrize("function", [np.asarray, functools.partial(np.asarray)])
def test_what_is_compiled_elsewhere_has_no_file(function) -> None:
    assert file_of(function) is None


def test_the_line_is_the_innermost_of_that_file() -> None:
    with pytest.raises(np.linalg.LinAlgError) as caught:
        fails(np.zeros((2, 2)))
    assert line_of(caught.value, __file__) == f"line {fails.__code__.co_firstlineno + 1}: "
    assert line_of(caught.value, "elsewhere.py") == ""


def test_the_reason_is_one_line_and_not_long() -> None:
    assert reason(ValueError("\nfirst\nsecond")) == "ValueError: first"
    assert reason(KeyError()) == "KeyError: no message"
    assert len(reason(ValueError("a" * 1000))) < 200


def interrupts():
    raise KeyboardInterrupt


def waits():
    signal.raise_signal(signal.SIGINT)


def handler(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("function", "handles", "told"), [(interrupts, handler, False), (interrupts, None, True)])
def test_an_interrupt_of_a_files_own_is_told_where_a_handler_leaves_a_frame(function, handles, told: bool) -> None:
    before = signal.signal(signal.SIGINT, handles or signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt) as caught:
            function()
        assert is_interrupt(caught.value, function) == told
    finally:
        signal.signal(signal.SIGINT, before)


def test_ctrl_c_is_an_interrupt_and_an_error_is_none() -> None:
    """The handler stands in another file than the function."""
    before = signal.signal(signal.SIGINT, handler)
    try:
        with pytest.raises(KeyboardInterrupt) as caught:
            waits()
        assert is_interrupt(caught.value, np.linalg.svd)
        assert not is_interrupt(ValueError(), waits)
    finally:
        signal.signal(signal.SIGINT, before)
