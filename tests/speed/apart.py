"""Plain NumPy in a process of its own, so that what ran before has no part in its time.

A program that makes large arrays spends much of its time on pages that glibc gives back to the system and takes again.
Whether it gives them back hangs on what was freed earlier: an array of 30 MB is enough to end it, and one cell then
takes a third of the time. A new process gives them back, as a notebook's does; one that `keeps` its memory never does,
and what remains is arithmetic. The way to the process and back is in the times: below 0.1 ms.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

TRIM_THRESHOLD, MMAP_MAX = -1, -4  # of mallopt(3)
NEVER, NONE = 2**31 - 1, 0


@contextmanager
def apart(keeps: bool, work: Callable[..., Any], *arguments: Any) -> Iterator[Callable[[], None]]:
    """A function that has a process call work(*arguments) and waits; the process ends with the context."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, keeps, work, arguments), daemon=True)
    process.start()
    theirs.close()

    def call() -> None:
        ours.send(True)
        ours.recv()

    try:
        yield call
    finally:
        ours.close()
        process.join()


def serve(requests: Connection, keeps: bool, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Call work(*arguments) at every request, until there are no more."""
    if keeps:
        libc = ctypes.CDLL(None)
        libc.mallopt(MMAP_MAX, NONE)
        libc.mallopt(TRIM_THRESHOLD, NEVER)
    while True:
        try:
            requests.recv()
        except EOFError:
            return
        work(*arguments)
        requests.send(True)
