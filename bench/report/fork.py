"""Two processors for work that holds the interpreter: every other item is done by a copy of this process."""

import contextlib
import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """[work(item) for item in items], and raises what work raises; results must be picklable.

    The copy is a fork: it has what is imported and loaded here. Nothing else may run here at that moment.
    """
    if min(len(items), len(os.sched_getaffinity(0))) < 2:
        return [work(item) for item in items]
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    copy = context.Process(target=_send, args=(work, items[1::2], sending), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the idle threads of BLAS: they know of forks
        copy.start()
    sending.close()
    try:
        results: list[Result | None] = [None] * len(items)
        results[::2] = [work(item) for item in items[::2]]
        theirs = receiving.recv()
    except EOFError as error:
        raise RuntimeError("the second process was killed; is there enough memory?") from error
    finally:
        copy.terminate()
        copy.join()
        receiving.close()
    if isinstance(theirs, BaseException):
        raise theirs
    results[1::2] = theirs
    return results  # type: ignore[return-value]  # none is left empty


def _send(work: Callable[[Item], Result], items: Sequence[Item], sending: Connection) -> None:
    """In the copy: the results of work, or what it raised."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process answers it, and ends this one
    answer: list[Result] | Exception
    try:
        answer = [work(item) for item in items]
    except Exception as error:  # raised again in the first process
        answer = error
    with contextlib.suppress(BrokenPipeError):  # nobody is there to hear it
        sending.send(answer)
