"""The progress of long work: a bar on a terminal, a line every few seconds in a log."""

import sys
import time
from types import TracebackType

from tqdm import tqdm

FIRST_S, EVERY_S = 1.0, 10.0  # until the first line of a log, and between two later ones


class Progress:
    """Counts the units of one phase; the total may grow with each call of `advance`."""

    def __init__(self, phase: str, unit: str) -> None:
        self.phase, self.unit = phase, unit
        self.bar = tqdm(desc=phase, unit=f" {unit}", unit_scale=True, disable=not sys.stderr.isatty())
        self.start, self.done = time.monotonic(), 0
        self.due = self.start + FIRST_S
        if self.bar.disable:
            print(f"{phase}: started", file=sys.stderr, flush=True)

    def advance(self, amount: int, left: int, note: str = "") -> None:
        """Add `amount` to what is done; `left` is the present estimate of what remains."""
        self.done += amount
        self.bar.total = self.done + left
        self.bar.set_postfix_str(note, refresh=False)
        self.bar.update(amount)
        now = time.monotonic()
        if self.bar.disable and now >= self.due:
            self.due = now + min(EVERY_S, now - self.start)
            print(self.line(left, note), file=sys.stderr, flush=True)

    def line(self, left: int, note: str) -> str:
        """The state in words: what is done, the rate, and the time that `left` takes at that rate."""
        rate = self.done / max(time.monotonic() - self.start, 1e-9)
        words = [f"{self.done:.3g} {self.unit}", f"{rate:.3g} a second", f"{left / max(rate, 1e-9):.0f} s to go", note]
        return f"{self.phase}: {', '.join(word for word in words if word)}"

    def __enter__(self) -> "Progress":
        """Give the counter itself; its clock has run since it was made."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the bar."""
        self.bar.close()
