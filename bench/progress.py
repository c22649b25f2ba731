"""How far long work is: a bar on a terminal, a plain line now and then in a log."""

import sys
import time
from types import TracebackType

from tqdm import tqdm

FIRST_S, EVERY_S = 1.0, 10.0  # until the first line of a log, and between two later ones


class Progress:
    """Counts `unit`s of one phase; `advance` may raise the total as more work comes to light."""

    def __init__(self, phase: str, unit: str) -> None:
        self.phase, self.unit = phase, unit
        self.bar = tqdm(desc=phase, unit=f" {unit}", unit_scale=True, disable=not sys.stderr.isatty())
        self.start, self.done = time.monotonic(), 0
        self.due = self.start + FIRST_S
        if self.bar.disable:
            print(f"{phase}: started", file=sys.stderr, flush=True)

    def advance(self, amount: int, left: int, note: str = "") -> None:
        """So much more is done, so much is left as far as is known."""
        self.done += amount
        self.bar.total = self.done + left
        self.bar.set_postfix_str(note, refresh=False)
        self.bar.update(amount)
        now = time.monotonic()
        if self.bar.disable and now >= self.due:
            self.due = now + min(EVERY_S, now - self.start)
            print(self.line(left, note), file=sys.stderr, flush=True)

    def line(self, left: int, note: str) -> str:
        """The state in words, with the rate and the time that is left at least."""
        rate = self.done / max(time.monotonic() - self.start, 1e-9)
        words = [f"{self.done:.3g} {self.unit}", f"{rate:.3g} a second", f"{left / max(rate, 1e-9):.0f} s to go", note]
        return f"{self.phase}: {', '.join(word for word in words if word)}"

    def __enter__(self) -> "Progress":
        """Counting begins when it is made."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go."""
        self.bar.close()
