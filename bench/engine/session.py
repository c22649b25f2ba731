"""A session: the part of a run that one process did.

It tells when it began, on which machine, and how long each phase took so far.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any


class Session:
    """The session of this process, from now on."""

    def __init__(self, machine: Mapping[str, Any]) -> None:
        self.start = datetime.now(UTC).isoformat(timespec="seconds")
        self.machine = machine
        self.phases: dict[str, float] = {}  # seconds
        self._running: tuple[str, float] | None = None

    @contextlib.contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count the seconds of a phase, also while it is running."""
        self._running = name, time.perf_counter()
        yield
        self.phases = self._so_far()
        self._running = None

    def record(self) -> dict[str, Any]:
        """What is known of the session by now."""
        return {"start": self.start, "cpu": dict(self.machine), "phases": self._so_far()}

    def _so_far(self) -> dict[str, float]:
        if self._running is None:
            return self.phases
        name, began = self._running
        return self.phases | {name: round(time.perf_counter() - began, 3)}
