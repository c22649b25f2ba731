"""Where a fault of a user's code lies: file, function and line, in the words of every message about it."""

import inspect
import signal
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

LONGEST = 160  # characters of a reason


def _beneath(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function without its decorators, its compilation, and arguments that are given already."""
    inner = inspect.unwrap(getattr(function, "py_func", function))
    return _beneath(inner.func) if isinstance(inner, partial) else inner


def file_of(function: Callable[..., Any]) -> str | None:
    """The file of a function beneath its decorators; None of one that is compiled elsewhere."""
    inner = _beneath(function)
    code = getattr(inner, "__code__", None) or getattr(type(inner).__call__, "__code__", None)
    return code.co_filename if code else None


def name_of(function: Callable[..., Any]) -> str:
    """The name of a function beneath its decorators."""
    inner = _beneath(function)
    return str(getattr(inner, "__name__", type(inner).__name__))


def place(function: Callable[..., Any]) -> str:
    """File and name of a function, with which a line about it begins."""
    return f"plugins: {file_of(function) or inspect.getmodule(_beneath(function))}: {name_of(function)}"


def line_of(error: BaseException, file: str | None) -> str:
    """`line 8: ` of the innermost line of a file that led to an error, else nothing."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f"line {lines[-1]}: " if lines else ""


def is_interrupt(error: BaseException, function: Callable[..., Any]) -> bool:
    """Whether an error is somebody's Ctrl-C, not a KeyboardInterrupt that the file of a function raises by itself.

    A handler of signals that is written in Python is the innermost frame of what it raises; Python's own leaves no
    frame, so where that one is in force nobody can tell.
    """
    if not isinstance(error, KeyboardInterrupt):
        return False
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        return True
    frames = traceback.extract_tb(error.__traceback__)
    return frames[-1].filename != file_of(function)


def reason(error: BaseException) -> str:
    """The class of an error and the first line of what it says."""
    message = next((line.strip() for line in str(error).splitlines() if line.strip()), "no message")
    return f"{type(error).__name__}: {message[:LONGEST]}"
