"""Arrays with marked memory on both sides, which show what a kernel writes where it should not.

The marks also fill what a kernel has to write and what it may not read. So a value that depends on which of two marks
is there was not written, or hangs on memory that was not given.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from bench.errors import BadInput
from bench.spec import Floats

MARKS = (-7.25e77, 3.5e-77)  # no number that a kernel comes to by itself
MARGIN = 64  # numbers beside an array, and once more its own size


class Guarded:
    """A copy of an array between two margins."""

    def __init__(self, array: Floats, mark: float) -> None:
        self.size, self.margin, self.mark, self.original = array.size, MARGIN + array.size, mark, array
        self.memory = np.full(self.size + 2 * self.margin, mark)
        self.array = self.memory[self.margin : self.margin + self.size].reshape(array.shape)
        self.array[...] = array

    def is_intact(self) -> bool:
        """Whether the margins still hold the mark."""
        beside = self.memory[: self.margin], self.memory[self.margin + self.size :]
        return all(bool(np.all(margin == self.mark)) for margin in beside)

    def is_unchanged(self) -> bool:
        """Whether the array still holds what was copied into it."""
        return np.array_equal(self.array, self.original, equal_nan=True)


def call(
    function: Callable[..., None],
    inputs: Mapping[str, Any],
    last: tuple[Any, ...],
    out: tuple[str, Floats],
    mark: float,
) -> Floats:
    """What function(*inputs, *last, out) writes to a copy of `out`; BadInput where it writes to anything else."""
    buffers: dict[str, Guarded] = {}

    def copied(name: str, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            buffers[name] = Guarded(value, mark)
            return buffers[name].array
        if isinstance(value, tuple):
            fields = value._asdict()  # type: ignore[attr-defined]
            return type(value)(*(copied(f"{name}.{key}", field) for key, field in fields.items()))
        return value

    arguments = [copied(name, value) for name, value in inputs.items()]
    target = Guarded(out[1], mark)
    function(*arguments, *last, target.array)
    name, alone = out[0], f"allowed: to write to {out[0]} of shape {out[1].shape} alone"
    for key, buffer in [*buffers.items(), (name, target)]:
        if not buffer.is_intact():
            raise BadInput(f"writes outside {key} of shape {buffer.array.shape}; {alone}")
    for key, buffer in buffers.items():
        if not buffer.is_unchanged():
            raise BadInput(f"writes to its input {key}; {alone}")
    return target.array.copy()


def require_written(name: str, first: Floats, second: Floats) -> None:
    """BadInput where outputs that held the first and the second mark still hold them."""
    unwritten = (first == MARKS[0]) & (second == MARKS[1])
    if unwritten.any():
        raise BadInput(f"leaves {name}{_index(unwritten)} unwritten; allowed: to write all of {name} {first.shape}")


def require_equal(name: str, first: Floats, second: Floats) -> None:
    """BadInput where what was written beside the first mark is not what was written beside the second."""
    differ = ~((first == second) | (np.isnan(first) & np.isnan(second)))
    if differ.any():
        raise BadInput(
            f"reads {name} before it writes it, or memory that it was not given, for {name}{_index(differ)}; allowed: "
            f"to write {name} {first.shape} from its arguments alone"
        )


def _index(where: Any) -> list[int]:
    """The first place where it holds."""
    return [int(i) for i in np.argwhere(where)[0]]


def arrays_of(inputs: Mapping[str, Any]) -> Iterator[tuple[str, Floats]]:
    """The arrays among some arguments by their names, those of f by f.value and so on."""
    for name, value in inputs.items():
        if isinstance(value, np.ndarray):
            yield name, value
        elif isinstance(value, tuple):
            yield from ((f"{name}.{key}", field) for key, field in value._asdict().items())  # type: ignore[attr-defined]
