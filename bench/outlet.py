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
    """A standard stream that drops what it cannot write: Python has no other way into its streams."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "w", closefd=False)
        self.fault = ""  # why something was dropped, other than that its reader left

    def write(self, data: Any) -> int:
        """Write, or seem to."""
        try:
            return super().write(data)
        except BrokenPipeError:
            return len(data)
        except OSError as error:
            self.fault = error.strerror or str(error)
            return len(data)


def complete() -> None:
    """Give this process its standard streams: those that it was started without lead nowhere.

    Else the next file that is opened would take their numbers, and hold what is printed to them.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # takes the lowest number: that of the stream
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = _drain(number, getattr(sys, name))
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _drain(number: int, stream: Any) -> Any:
    """A stream like the one that Python made, None where it found none."""
    at_once = stream is None or stream.line_buffering or stream.write_through
    encoding = "utf-8" if stream is None else stream.encoding
    file = io.BufferedWriter(Drain(number))
    return io.TextIOWrapper(file, encoding, "backslashreplace", line_buffering=at_once)


def fault() -> str:
    """Why standard output did not take all of the result, such as a full disk; empty where it did."""
    sys.stdout.flush()
    buffer: Any = sys.stdout.buffer
    return str(buffer.raw.fault)


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
