"""Where a fault lies: file, function and line of what a user wrote."""

import functools

import numpy as np
import pytest

from bench.faults import file_of, line_of, name_of, reason
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
    [(fails, "fails"), (compiled, "compiled"), (functools.wraps(fails)(lambda: 0), "fails"), (Callable(), "Callable")],
)
def test_file_and_name_are_those_beneath_decorators(function, name: str) -> None:
    assert (file_of(function), name_of(function)) == (__file__, name)


@pytest.mark.parametrize("function", [np.asarray, functools.partial(fails)])
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
