"""A finished run that the tests of all workers read: made by the first that asks for it."""

import fcntl
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import Outcome


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Outcome]) -> tuple[Path, Outcome]:
    """The folder `name`/run and what the command that made it gave. Not to be written to."""
    base = factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / name  # all workers stand in one folder
    folder.mkdir(exist_ok=True)
    given = folder / "outcome.json"
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not given.exists():
            given.write_text(json.dumps(make(folder)))
    return folder / "run", Outcome(*json.loads(given.read_text()))
