"""One kernel on a few draws: interpreted, then compiled, twice beside one mark and once beside another."""

import contextlib
import io
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.errors import BadInput
from bench.faults import file_of, line_of, reason
from bench.probe.guarded import MARKS, arrays_of, call, require_equal, require_written
from bench.probe.kernels import Called, interpreted
from bench.spec import Floats
from bench.statistics.moments import quiet

INTERPRETED_S = 5.0  # after which the compiled kernel alone is tried
ADDED = 1e-9  # relative round-off of a sum


@dataclass(frozen=True, slots=True)
class Trial:
    """A kernel with its arguments, and what it has to write."""

    called: Called
    inputs: Mapping[str, Any]
    output: str
    shape: tuple[int, ...]
    adds: bool = False  # whether it takes `first` before its output
    unread: tuple[str, ...] = ()  # fields of f that it did not ask for
    interpreted: bool = True  # whether it is tried as it is written, too

    @quiet
    def run(self) -> None:
        """BadInput with the first slip."""
        told = self._interpreted() if self.interpreted and interpreted(self.called.function) else ""
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said):
                self._compiled()
        except BadInput as error:
            if str(error).startswith(("plugins: ", "estimator ", "objective ")):
                raise  # the line of a Python function
            raise BadInput(f"{self.called.place}: {told}{error}") from error
        except Exception as error:
            line = line_of(error, file_of(self.called.function)) or told
            raise BadInput(f"{self.called.place}: {line}raises {reason(error)}") from error
        if words := said.getvalue().split():
            raise BadInput(f"{self.called.place}: prints {' '.join(words)[:40]!r}; allowed: to write {self.output}")

    def _interpreted(self) -> str:
        """The line of an error that only the compiled kernel may judge; BadInput of an index out of bounds."""
        function = self.called.function.py_func
        inputs = {name: self._filled(value, None) for name, value in self.inputs.items()}
        shapes = [f"{name} {array.shape}" for name, array in arrays_of(inputs)]
        out = self.output, np.zeros(self.shape)
        try:
            with _bounded(), contextlib.redirect_stdout(io.StringIO()):
                call(function, inputs, (True,) if self.adds else (), out, 0.0)
        except IndexError as error:
            line, allowed = line_of(error, file_of(function)), ", ".join([*shapes, f"{self.output} {self.shape}"])
            raise BadInput(f"{self.called.place}: {line}{error}; allowed: within {allowed}") from error
        except (Exception, _TooSlow) as error:
            return line_of(error, file_of(function))
        return ""

    def _filled(self, value: Any, mark: float | None) -> Any:
        """An argument whose fields that were not asked for hold the mark, or nothing."""
        if not isinstance(value, tuple):
            return value
        unread = {
            key: np.empty((0,) * array.ndim) if mark is None else np.full(array.shape, mark)
            for key, array in value._asdict().items()  # type: ignore[attr-defined]
            if key in self.unread
        }
        return value._replace(**unread)  # type: ignore[attr-defined]

    def _compiled(self) -> None:
        """BadInput of what its values show."""
        first, again, marked = (self._values(mark, mark) for mark in (MARKS[0], *MARKS))
        if not np.array_equal(first, again, equal_nan=True):
            raise BadInput("gives other values the second time; allowed: a function of its arguments alone")
        require_written(self.output, first, marked)
        if self.adds and np.any(self._values(MARKS[0], 2.0) - self._values(MARKS[0], 1.0) == 1.0):
            raise BadInput(f"adds to {self.output} where first is True; allowed: to write there")
        require_equal(self.output, first, marked)
        if self.adds and not _close(self._values(MARKS[0], 1.0, first=False) - 1.0, first):
            raise BadInput(f"does not add to {self.output} where first is False; allowed: to write where it is True")

    def _values(self, mark: float, before: float, first: bool = True) -> Floats:
        """What the compiled kernel makes of an output that holds a number, beside a mark."""
        inputs = {name: self._filled(value, mark) for name, value in self.inputs.items()}
        out = self.output, np.full(self.shape, before)
        return call(self.called.compiled, inputs, (first,) if self.adds else (), out, mark)


def _close(a: Floats, b: Floats) -> bool:
    """Whether two arrays are equal but for round-off of sums with 1."""
    return np.allclose(a, b, rtol=ADDED, atol=ADDED, equal_nan=True)


class _TooSlow(BaseException):
    """An interpreted kernel takes too long, which its compiled code need not."""


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """Meanwhile Python code may work for INTERPRETED_S."""

    def stop(*_: Any) -> None:
        raise _TooSlow

    before: Callable[..., Any] | int | None = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, INTERPRETED_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
