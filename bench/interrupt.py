"""Ctrl-C: a tidy end at once, or a hard one within the second.

A KeyboardInterrupt raised inside a callback of the compiler is discarded, or leaves the compiler as another error; and
an ordinary exit waits for the blocks that are running. So a timer ends the process where the exception does not.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, NoReturn

from bench.errors import ExitCode

PATIENCE_S = 0.5  # for tidying up


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
