"""Ctrl-C: a tidy end at once, or a hard one within the second.

KeyboardInterrupt gets lost where it falls into a callback of the compiler, or comes out of it as another error, and
blocks that are running would hold up an ordinary exit.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, NoReturn

PATIENCE_S = 0.5  # for tidying up
EXIT_CODE = 130


def guard(work: Callable[[], int]) -> int:
    """What work() gives; an interrupt ends the process with EXIT_CODE."""
    hard = threading.Timer(PATIENCE_S, end)
    hard.daemon = True

    def interrupt(*_: Any) -> None:
        if hard.ident is None:
            hard.start()
            sys.unraisablehook = lambda _: None  # what is lost in a callback is no news
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
    """Leave now, whatever runs."""
    print("interrupted; run the same command again to resume", file=sys.stderr, flush=True)
    os._exit(EXIT_CODE)
