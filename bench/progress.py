"""The progress of long work: a bar on a terminal, a line every few seconds in a log, and never a minute of silence."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType

from tqdm import tqdm

FIRST_S, EVERY_S = 1.0, 10.0  # until the first line of a log, and between two later ones
SILENT_S = 30.0  # until a line says that work goes on


@dataclass(slots=True)
class Now:
    """What is under way in this process, and when something was last said of it."""

    phase: str = ""
    said: float = 0.0


NOW = Now()


@contextlib.contextmanager
def never_silent(command: str) -> Iterator[None]:
    """Say that a command is at work, and at what, each time that nothing was said for half a minute."""
    done, start = threading.Event(), time.monotonic()

    def tell() -> None:
        while not done.wait(max(0.0, NOW.said + SILENT_S - time.monotonic()) or SILENT_S):
            if time.monotonic() - NOW.said >= SILENT_S:
                say(f"{NOW.phase}: at work, {time.monotonic() - start:.0f} s since {command} began")

    NOW.said = start
    with phase(command):
        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        try:
            yield
        finally:
            done.set()
            teller.join()


@contextlib.contextmanager
def phase(name: str) -> Iterator[None]:
    """Name what is under way, for the line that breaks a silence."""
    before, NOW.phase = NOW.phase, name
    try:
        yield
    finally:
        NOW.phase = before


def say(line: str) -> None:
    """A line of a log."""
    NOW.said = time.monotonic()
    print(line, file=sys.stderr, flush=True)


class Progress:
    """Counts the units of one phase; the total may grow with each call of `advance`."""

    def __init__(self, name: str, unit: str) -> None:
        self.name, self.unit = name, unit
        self.bar = tqdm(desc=name, unit=f" {unit}", unit_scale=True, disable=not sys.stderr.isatty())
        self.start, self.done = time.monotonic(), 0
        self.first: tuple[float, int] | None = None  # when something was done at last, and how much of it
        self.due = self.start + FIRST_S
        if self.bar.disable:
            say(f"{name}: started")

    def advance(self, amount: int, left: int, note: str = "") -> None:
        """Add `amount` to what is done; `left` is the present estimate of what remains."""
        self.done += amount
        self.bar.total = self.done + left
        self.bar.set_postfix_str(note, refresh=False)
        self.bar.update(amount)
        now = time.monotonic()
        self.first = self.first or (now, self.done)
        if not self.bar.disable:
            NOW.said = now
        elif now >= self.due:
            self.due = now + min(EVERY_S, now - self.start)
            say(self.line(left, note))

    def line(self, left: int, note: str) -> str:
        """The state in words: what is done, the rate, and the time that `left` takes at that rate.

        Before the first of it is done code is compiled, so the rate is that of the rest, unknown as long as there is
        none. Where nothing is left to be counted there may be other work, and no time is told.
        """
        words = [f"{self.done:.3g} {self.unit}"]
        if self.first and self.done > self.first[1]:
            rate = (self.done - self.first[1]) / max(time.monotonic() - self.first[0], 1e-9)
            words += [f"{rate:.3g} a second", *([f"{left / rate:.0f} s to go"] if left else [])]
        return f"{self.name}: {', '.join([*words, note] if note else words)}"

    def __enter__(self) -> "Progress":
        """Give the counter itself; its clock has run since it was made."""
        self.before, NOW.phase = NOW.phase, self.name
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the bar."""
        self.bar.close()
        NOW.phase = self.before
