"""What a function writes where it should not is told; what it should do is told from what it leaves."""

from collections.abc import Callable

import numpy as np
import pytest

from bench.errors import BadInput
from bench.probe.guarded import MARGIN, MARKS, Guarded, arrays_of, call, require_equal, require_written
from bench.spec import Component, Floats

X = np.arange(6.0).reshape(2, 3)
OUT = np.zeros((2, 3))


def number_beside(x: Floats, offset: int) -> Floats:
    """[1] So many numbers after the first of an array, within its margins or not."""
    memory = x.base
    assert memory is not None
    begin = (x.ctypes.data - memory.ctypes.data) // x.itemsize + offset
    return np.asarray(memory[begin : begin + 1])


def doubled(x: Floats, out: Floats) -> None:
    out[:] = 2 * x


def test_what_it_writes_is_given_and_nothing_else_has_changed() -> None:
    assert np.array_equal(call(doubled, {"x": X}, (), ("out", OUT), 0.5), 2 * X)
    assert np.array_equal(OUT, np.zeros((2, 3)))


@pytest.mark.parametrize("offset", [-1, -MARGIN - 6, 6, MARGIN + 11])
@pytest.mark.parametrize("name", ["x", "out"])
def test_a_number_beside_an_array_is_seen(offset: int, name: str) -> None:
    def writes(x: Floats, out: Floats) -> None:
        number_beside({"x": x, "out": out}[name], offset)[:] = 1.0

    with pytest.raises(BadInput, match=rf"^writes outside {name} of shape \(2, 3\); allowed: to write to out of shape"):
        call(writes, {"x": X}, (), ("out", OUT), 0.5)


def test_a_changed_input_is_seen_also_in_f() -> None:
    def writes(f: Component, out: Floats) -> None:
        f.slope[0, 0] = 7.0

    f = Component(X, X, np.full((2, 3), np.nan))
    with pytest.raises(BadInput, match=r"^writes to its input f\.slope; allowed: "):
        call(writes, {"f": f}, (), ("out", OUT), 0.5)
    assert [name for name, _ in arrays_of({"y": X, "f": f, "j": 0})] == ["y", "f.value", "f.slope", "f.curvature"]


@pytest.mark.parametrize(
    ("function", "held", "message"),
    [
        (lambda out: None, require_written, r"^leaves out\[0, 0\] unwritten; allowed: to write all of out \(2, 3\)$"),
        (lambda out: np.copyto(out[:1], 1.0), require_written, r"^leaves out\[1, 0\] unwritten"),
        (
            lambda out: np.copyto(out, out + 1e77),
            require_equal,
            r"^reads out before it writes it, or memory that it was",
        ),
    ],
)
def test_what_is_left_or_read_is_told_by_two_marks(
    function: Callable[..., None], held: Callable[..., None], message: str
) -> None:
    values = [call(function, {}, (), ("out", np.full((2, 3), mark)), mark) for mark in MARKS]
    with pytest.raises(BadInput, match=message):
        held("out", *values)


@pytest.mark.parametrize("number", [0.0, np.nan, np.inf])
def test_what_is_written_the_same_passes(number: float) -> None:
    values = [call(lambda out: out.fill(number), {}, (), ("out", np.full(3, mark)), mark) for mark in MARKS]
    require_written("out", *values)
    require_equal("out", *values)


def test_a_copy_begins_intact() -> None:
    copy = Guarded(np.array([np.nan, 1.0]), MARKS[0])
    assert copy.is_intact()
    assert copy.is_unchanged()
    copy.array[0] = 1.0
    assert not copy.is_unchanged()
