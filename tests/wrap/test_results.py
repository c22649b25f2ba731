"""What a user's function may give, and the line that names a slip."""

import functools

import numpy as np
import pytest

from bench.errors import BadInput
from bench.faults import place
from bench.wrap.results import array_of, read_only


def f(y):
    return y * 2.0


def test_a_float64_array_of_an_allowed_shape_passes() -> None:
    y = np.arange(3.0)
    assert np.array_equal(array_of(f, [y], {}, [(3,)]), 2 * y)


@pytest.mark.parametrize("dtype", [bool, np.int32, np.uint64])
def test_whole_numbers_become_float64(dtype: type) -> None:
    assert array_of(lambda: np.ones(2, dtype), [], {}, [(2,)]).dtype == np.float64


@pytest.mark.parametrize("kind", [np.ma.MaskedArray, np.matrix, np.recarray])
def test_a_subclass_of_an_array_is_refused(kind: type) -> None:
    with pytest.raises(BadInput, match=rf": <lambda> gives a {kind.__name__}; allowed: an array, no subclass of numpy"):
        array_of(lambda: np.ones((1, 2)).view(kind), [], {}, [(1, 2)])


@pytest.mark.parametrize("dtype", [np.float32, np.float16, np.longdouble, complex, object])
def test_other_types_are_refused_with_the_remedy(dtype: type) -> None:
    with pytest.raises(BadInput, match=rf": <lambda> gives {np.dtype(dtype)}; allowed: float64; make the constants"):
        array_of(lambda: np.ones(2, dtype), [], {}, [(2,)])


def test_another_shape_is_refused_with_those_allowed() -> None:
    with pytest.raises(BadInput, match=r": f gives shape \(1, 4\); allowed: \(4,\) or \(2, 4\), draws last$"):
        array_of(f, [np.ones((1, 4))], {}, [(4,), (2, 4)])


def test_an_exception_is_told_in_one_line_with_file_function_and_line() -> None:
    def fails(y):
        return np.linalg.inv(y)  # raises in NumPy's own file, told by the line that called it

    with pytest.raises(BadInput) as caught:
        array_of(fails, [np.zeros((2, 2))], {}, [(2,)])
    line = fails.__code__.co_firstlineno + 1
    assert str(caught.value) == f"plugins: {__file__}: fails raises LinAlgError: Singular matrix (line {line})"
    assert isinstance(caught.value.__cause__, np.linalg.LinAlgError)


def test_an_interrupt_is_no_slip_of_the_function() -> None:
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        array_of(interrupted, [], {}, [()])


def test_the_place_is_that_of_the_function_beneath_its_decorators() -> None:
    @functools.wraps(f)
    def decorated(y):
        return f(y)

    assert place(decorated) == f"plugins: {__file__}: f"
    assert place(functools.partial(f)) == f"plugins: {__file__}: f"


def test_the_engines_arrays_cannot_be_written_to() -> None:
    y = np.zeros(2)
    with pytest.raises(ValueError, match="read-only"):
        read_only(y)[0] = 1
    y[0] = 1
