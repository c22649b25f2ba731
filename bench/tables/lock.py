"""Who may write into the folder of a run: one process at a time, by the lock of a file, which dies with its holder."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from bench.errors import BadInput

NAME = "journal.lock"


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder of a run; BadInput where another process does."""
    path = folder / NAME
    if path.is_dir():
        raise BadInput(f"{path} is a folder; move it away and run again")
    with open(path, "w") as file:
        os.register_at_fork(after_in_child=file.close)  # or a copy of this process would hold the lock beyond it
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BadInput(
                f"name: a sweep, a fit or a report is at work in {str(folder)!r}; wait, or give another name"
            ) from error
        yield
