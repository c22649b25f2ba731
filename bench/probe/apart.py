"""Work in a copy of this process, whose crash or hang is told in one line by the process that goes on.

The copy is a fork, not a new process: a fork knows the plug-ins and their compiled kernels and takes milliseconds,
where a new process takes two seconds to import them and compiles them again. No thread of the sweep runs yet. JAX and
PyTorch keep threads whose locks a fork would wait for in vain: beside them the work is done in this process, where a
thread ends what hangs, and a crash is not survived.
"""

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from bench.errors import BadInput, ExitCode

PATIENCE_S = 30  # for each kernel: f may be expensive
UNFORKABLE = {"jax", "torch"}
ENDED = "allowed: to return"

Announce = Callable[[str], None]  # of what is tried next


def run(work: Callable[[Announce], None]) -> None:
    """Do work(announce), and raise what it raises; BadInput of what was announced where the copy dies or hangs."""
    if UNFORKABLE & sys.modules.keys():
        _here(work)
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    copy = context.Process(target=_copy, args=(work, sender), daemon=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads; those of BLAS allow for forks
        copy.start()
    sender.close()
    place, end = _listen(receiver)
    copy.join()
    if isinstance(end, BaseException):
        raise end
    if end is None:
        raise BadInput(f"{place}: {_death(copy.exitcode or 0)}; {ENDED}")


def _here(work: Callable[[Announce], None]) -> None:
    """The work in this process, which ends with the line of what hangs."""
    timers: list[threading.Timer] = []

    def announce(place: str) -> None:
        for timer in timers:
            timer.cancel()
        timers[:] = [threading.Timer(PATIENCE_S, _end, (place,))]
        timers[0].start()

    try:
        work(announce)
    finally:
        for timer in timers:
            timer.cancel()


def _end(place: str) -> None:
    """End this process, which cannot be interrupted where compiled code runs."""
    print(f"error: {place}: {_death(-signal.SIGALRM)}; {ENDED}", file=sys.stderr, flush=True)
    os._exit(ExitCode.BAD_INPUT)


def _listen(receiver: Connection) -> tuple[str, Any]:
    """What was announced last, and what ended the work: an error, True where it is done, None where the copy died."""
    place = ""
    while True:
        try:
            kind, content = receiver.recv()
        except EOFError:
            return place, None
        if kind == "end":
            return place, content
        place = content


def _death(code: int) -> str:
    """How the copy ended."""
    if -code == signal.SIGALRM:
        return f"does not return within {PATIENCE_S} s"
    return f"ends the process ({signal.Signals(-code).name if code < 0 else f'exit code {code}'})"


def _copy(work: Callable[[Announce], None], sender: Connection) -> None:
    """In the copy: do the work, each step of it within PATIENCE_S; what it prints is printed again when it is used."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    faulthandler.disable()
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)  # a crash has words of its own
    sys.stdout = sys.stderr = os.fdopen(silence, "w")

    def announce(place: str) -> None:
        sender.send(("next", place))
        signal.alarm(PATIENCE_S)

    end: Any = True
    try:
        work(announce)
    except BaseException as error:
        error.__traceback__ = error.__cause__ = error.__context__ = None  # Dask's pickles hold them, frames and all
        end = error
    signal.alarm(0)
    sender.send(("end", end))
    sender.close()
    os._exit(0)
