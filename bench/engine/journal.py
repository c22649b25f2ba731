"""What has been finished, as entries of an SQLite file beside the tables: one transaction for each that is done.

An entry is found by the hash of everything that determines its numbers, and by how many laps it holds (the column
`stage`; 0 for what has no laps), so a sweep that starts again under the same name takes what it finds and computes the
rest, and a changed config recomputes what it changed. SQLite does the locking of writes and the atomic commits; each
row carries a digest of its own, for SQLite cannot detect a flipped bit in a blob. A lock file keeps a second sweep out
and dies with its process.
"""

import errno
import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

from bench.errors import BadInput

NAME = "journal.sqlite"
APPLICATION = 0x4D436752  # "MCgR": the mark of our files in SQLite's header
LAYOUT = 5
TABLE = "CREATE TABLE entries (key BLOB, stage INTEGER, content BLOB, digest BLOB, PRIMARY KEY (key, stage))"
INSERT = "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)"
FIND = "SELECT stage, content FROM entries WHERE key = ? AND stage <= ? ORDER BY stage DESC LIMIT 1"
DELETE = "DELETE FROM entries WHERE key = ? AND stage = ?"


def key_of(*parts: object) -> bytes:
    """The key of an entry: SHA-256 over the words of everything that determines it."""
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).digest()


class Journal:
    """The entries of one run. As a context manager it holds the lock; without a folder it forgets everything."""

    def __init__(self, folder: Path | None, resume: bool = True) -> None:
        self.path = None if folder is None else folder / NAME
        self.resume = resume
        self.used: set[tuple[bytes, int]] = set()

    def __enter__(self) -> "Journal":
        """Lock, open and check."""
        if self.path is None:
            self.connection = _prepared(sqlite3.connect(":memory:"))
            return self
        try:
            self.lock = open(self.path.with_suffix(".lock"), "w")
        except IsADirectoryError as error:
            raise BadInput(f"{error.filename} is a folder; move it away and run again") from error
        os.register_at_fork(after_in_child=self.lock.close)  # or a copy of this process would hold the lock beyond it
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.lock.close()
            raise BadInput(
                f"name: a sweep is running in {str(self.path.parent)!r}; wait, or give another name"
            ) from error
        try:
            self.connection = self._open(self.path)
        except BaseException:
            self.lock.close()
            raise
        return self

    def _open(self, path: Path) -> sqlite3.Connection:
        """The file, checked from end to end: a damaged or foreign one is refused and left alone."""
        if path.is_dir():
            raise BadInput(f"{path} is a folder; move it away and run again")
        connection = sqlite3.connect(path, timeout=1.0)
        try:
            if not _sound(connection):
                raise BadInput(f"{path} is damaged or not a journal of this version; move it away and run again")
            if not self.resume:
                connection.execute("DROP TABLE IF EXISTS entries")
            return _prepared(connection)
        except sqlite3.OperationalError as error:
            connection.close()
            if not _busy(error):
                raise
            raise BadInput(f"{path} is held by another program; close that and run again") from error
        except BaseException:
            connection.close()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file and free the lock."""
        self.connection.close()
        if self.path is not None:
            self.lock.close()

    def read(self, keys: Iterable[bytes], up_to: int = 0) -> dict[bytes, tuple[int, bytes]]:
        """(laps, content) of the entries that are there, by key: the one with the most laps, but not over `up_to`."""
        entries = {}
        for key in keys:
            row = self.connection.execute(FIND, (key, up_to)).fetchone()
            if row is not None:
                entries[key] = row
                self.used.add((key, row[0]))
        return entries

    def write(self, entries: Mapping[bytes, bytes], laps: int = 0, replaces: Mapping[bytes, int] | None = None) -> None:
        """Add entries of so many laps, and remove those that they replace, given as laps by key: all or none."""
        with self.connection:
            self.connection.executemany(DELETE, (replaces or {}).items())
            rows = [(key, laps, content, _digest(key, laps, content)) for key, content in entries.items()]
            self.connection.executemany(INSERT, rows)
        self.used |= {(key, laps) for key in entries}

    def prune(self) -> None:
        """Forget the entries that this run neither read nor wrote."""
        held = set(self.connection.execute("SELECT key, stage FROM entries"))
        with self.connection:
            self.connection.executemany(DELETE, held - self.used)


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {LAYOUT}")
    if not _tables(connection):
        connection.execute(TABLE)
    connection.commit()
    return connection


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")]


def _digest(key: bytes, laps: int, content: bytes) -> bytes:
    return key_of(key, laps, hashlib.sha256(content).digest())


def _sound(connection: sqlite3.Connection) -> bool:
    """Whether this is a whole journal of ours, or a new file."""
    try:
        (mark,), (layout,) = (
            connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
        )
        tables = _tables(connection)
        if not tables:
            return (mark, layout) in ((0, 0), (APPLICATION, LAYOUT))
        if (mark, layout, tables) != (APPLICATION, LAYOUT, [TABLE]):
            return False
        rows = connection.execute("SELECT key, stage, content, digest FROM entries")
        intact = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        return intact and all(_digest(key, laps, content) == digest for key, laps, content, digest in rows)
    except sqlite3.DatabaseError as error:
        if no_room(error) or _busy(error):
            raise
        return False


def _busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def no_room(error: Exception) -> bool:
    """Whether the disk, not the file, is at fault."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
