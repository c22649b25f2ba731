"""Standard output carries the result of a command and nothing else: what plug-ins print goes to standard error.

Who reads either may leave, and a command goes on: its files and its exit code are worth as much without a reader.
"""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import Any


class Drain(io.FileIO):
    """A standard stream that drops what it cannot write for some reasons: Python has no other way into its streams."""

    def __init__(self, number: int, dropped: type[OSError]) -> None:
        super().__init__(number, "w", closefd=False)
        self.dropped = dropped

    def write(self, data: Any) -> int:
        """Write, or seem to."""
        try:
            return super().write(data)
        except self.dropped:
            return len(data)


def complete() -> None:
    """Give this process its standard streams: those that it was started without lead nowhere.

    Else the next file that is opened would take their numbers, and hold what is printed to them.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # takes the lowest number: that of the stream
    for name, number, dropped in (("stdout", 1, BrokenPipeError), ("stderr", 2, OSError)):
        stream = _drain(number, getattr(sys, name), dropped)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _drain(number: int, stream: Any, dropped: type[OSError]) -> Any:
    """A stream like the one that Python made, None where it found none."""
    at_once = stream is None or stream.line_buffering or stream.write_through
    encoding = "utf-8" if stream is None else stream.encoding
    file = io.BufferedWriter(Drain(number, dropped))
    return io.TextIOWrapper(file, encoding, "backslashreplace", line_buffering=at_once)


def delivered() -> bool:
    """Whether standard output takes what is left of the result; where its disk is full nothing is tried again."""
    try:
        sys.stdout.flush()
    except OSError:
        drain: Any = sys.stdout.buffer
        drain.raw.dropped = OSError
        return False
    return True


@contextlib.contextmanager
def closed() -> Iterator[None]:
    """Meanwhile what is printed to standard output goes to standard error, also by compiled code and other programs."""
    with contextlib.redirect_stdout(sys.stderr), _descriptor_closed():
        yield


@contextlib.contextmanager
def _descriptor_closed() -> Iterator[None]:
    """The same for what does not know of Python's streams; where they are replaced, nobody reads the descriptor."""
    if sys.__stdout__ is None or sys.__stdout__.closed or sys.stderr is not sys.__stderr__:
        yield
        return
    sys.__stdout__.flush()
    original = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(original, 1)
        os.close(original)
