"""Ctrl-C: a tidy end at once, or a hard one within the second; KeyboardInterrupt where the process is a notebook's.

A KeyboardInterrupt raised inside a callback of the compiler is discarded, or leaves the compiler as another error; and
an ordinary exit waits for the blocks that are running. So a timer ends our own process where the exception does not,
and in another's the exception is raised again.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from bench.errors import ExitCode

Result = TypeVar("Result")

PATIENCE_S = 0.5  # for tidying up
AGAIN_S = 0.05  # after an exception that was discarded


def guard(work: Callable[[], int]) -> int:
    """The exit code that work() gives; an interrupt ends the process."""
    hard = threading.Timer(PATIENCE_S, end)
    hard.daemon = True

    def interrupt(*_: Any) -> None:
        if hard.ident is None:
            hard.start()
            sys.unraisablehook = lambda _: None  # Python would print the exception that a callback discards
        raise KeyboardInterrupt

    before, hook = signal.signal(signal.SIGINT, interrupt), sys.unraisablehook
    try:
        return work()
    except BaseException as error:
        if hard.ident is not None or isinstance(error, KeyboardInterrupt):
            end()
        raise
    finally:
        hard.cancel()
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = hook


def end() -> NoReturn:
    """End the process now, without waiting for other threads."""
    print("interrupted; run the same command again to resume", file=sys.stderr, flush=True)
    os._exit(ExitCode.INTERRUPTED)


def raised(work: Callable[[], Result]) -> Result:
    """What work() gives; an interrupt leaves it as KeyboardInterrupt, and the process as it was.

    Signals reach the main thread alone, so in any other there is nothing to do.
    """
    before, hook = signal.getsignal(signal.SIGINT), sys.unraisablehook
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        return work()
    interrupted, timers = threading.Event(), list[threading.Timer]()

    def interrupt(number: int, frame: Any) -> Any:
        interrupted.set()
        return before(number, frame)

    def discarded(unraisable: Any) -> None:
        if not isinstance(unraisable.exc_value, KeyboardInterrupt):
            hook(unraisable)
        elif interrupted.is_set():
            timers.append(threading.Timer(AGAIN_S, signal.pthread_kill, (threading.get_ident(), signal.SIGINT)))
            timers[-1].start()

    signal.signal(signal.SIGINT, interrupt)
    sys.unraisablehook = discarded
    try:
        return work()
    except Exception as error:
        if interrupted.is_set():
            raise KeyboardInterrupt from error
        raise
    finally:
        for timer in timers:
            timer.cancel()
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = hook
