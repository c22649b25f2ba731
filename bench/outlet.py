"""Standard output carries the result of a command and nothing else: what plug-ins print goes to standard error."""

import contextlib
import os
import sys
from collections.abc import Iterator


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
