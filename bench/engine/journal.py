"""What has been finished, as entries of an SQLite file beside the tables: one transaction for each that is done.

An entry is found by the hash of everything that determines its numbers, and by how many laps it holds (the column
`stage`; 0 for what has no laps), so a sweep that starts again under the same name takes what it finds and computes the
rest, and a changed config recomputes what it changed. SQLite does the locking of writes and the atomic commits; each
row carries a digest of its own, for SQLite cannot detect a flipped bit in a blob. Each entry names the sessions that
made it, so that a run knows whose work is in it. The lock of the folder keeps a second sweep out.
"""

import contextlib
import errno
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.engine.session import Session
from bench.errors import BadInput
from bench.tables import lock

NAME = "journal.sqlite"
APPLICATION = 0x4D436752  # "MCgR": the mark of our files in SQLite's header
LAYOUT = 6
TABLES = {
    "entries": "CREATE TABLE entries "
    "(key BLOB, stage INTEGER, content BLOB, sessions TEXT, digest BLOB, PRIMARY KEY (key, stage))",
    "sessions": "CREATE TABLE sessions (number INTEGER PRIMARY KEY, record TEXT, digest BLOB)",
}
INSERT = "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)"
FIND = "SELECT stage, content, sessions FROM entries WHERE key = ? AND stage <= ? ORDER BY stage DESC LIMIT 1"
DELETE = "DELETE FROM entries WHERE key = ? AND stage = ?"
FORGET = "DELETE FROM sessions WHERE number = ?"
RECORD = "INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)"


def key_of(*parts: object) -> bytes:
    """The key of an entry: SHA-256 over the words of everything that determines it."""
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).digest()


class Journal:
    """The entries of one run. As a context manager it holds the lock; without a folder it forgets everything."""

    def __init__(self, folder: Path | None, resume: bool = True, machine: Mapping[str, Any] | None = None) -> None:
        self.path = None if folder is None else folder / NAME
        self.resume = resume
        self.session = Session(machine or {})
        self.used: set[tuple[bytes, int]] = set()
        self.makers: dict[bytes, set[int]] = {}  # the numbers of the sessions that made an entry, by its key

    def __enter__(self) -> "Journal":
        """Lock, open and check."""
        with contextlib.ExitStack() as stack:
            if self.path is not None:
                stack.enter_context(lock.held(self.path.parent))
            self.connection = _prepared(sqlite3.connect(":memory:")) if self.path is None else self._open(self.path)
            stack.enter_context(contextlib.closing(self.connection))
            (last,) = self.connection.execute("SELECT max(number) FROM sessions").fetchone()
            self.number = (last or 0) + 1  # of this session
            self.stack = stack.pop_all()
        return self

    def _open(self, path: Path) -> sqlite3.Connection:
        """The file, checked from end to end: a damaged or foreign one is refused and left alone."""
        if path.is_dir():
            raise BadInput(f"{path} is a folder; move it away and run again")
        connection = sqlite3.connect(path, timeout=1.0)
        try:
            older = _older(connection)
            if not older and not _sound(connection):
                raise BadInput(f"{path} is damaged or not a journal of this version; move it away and run again")
            if older or not self.resume:
                for name in _names(connection):
                    connection.execute(f'DROP TABLE "{name}"')
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
        self.stack.close()

    def read(self, keys: Iterable[bytes], up_to: int = 0) -> dict[bytes, tuple[int, bytes]]:
        """(laps, content) of the entries that are there, by key: the one with the most laps, but not over `up_to`."""
        entries = {}
        for key in keys:
            row = self.connection.execute(FIND, (key, up_to)).fetchone()
            if row is not None:
                laps, content, makers = row
                entries[key] = laps, content
                self.used.add((key, laps))
                self.makers.setdefault(key, set()).update(json.loads(makers))
        return entries

    def write(self, entries: Mapping[bytes, bytes], laps: int = 0, replaces: Mapping[bytes, int] | None = None) -> None:
        """Add entries of so many laps, and remove those that they replace, given as laps by key: all or none."""
        for key in entries:
            self.makers.setdefault(key, set()).add(self.number)
        rows = [(key, laps, content, json.dumps(sorted(self.makers[key]))) for key, content in entries.items()]
        with self.connection:
            self.connection.executemany(DELETE, (replaces or {}).items())
            self.connection.executemany(INSERT, [(*row, _digest(*row)) for row in rows])
            self._record()
        self.used |= {(key, laps) for key in entries}

    def _record(self) -> None:
        """Keep what is known of this session."""
        row = self.number, json.dumps(self.session.record())
        self.connection.execute(RECORD, (*row, key_of(*row)))

    def sessions(self) -> list[dict[str, Any]]:
        """The sessions that made what this run read or wrote, this one last."""
        held = self.connection.execute("SELECT number, record FROM sessions WHERE number < ? ORDER BY 1", [self.number])
        earlier = [json.loads(record) for number, record in held if number in self._working()]
        return [*earlier, self.session.record()]

    def _working(self) -> set[int]:
        """The numbers of the sessions that this run is made of."""
        return {self.number}.union(*self.makers.values())

    def prune(self) -> None:
        """Forget the entries that this run neither read nor wrote, and the sessions that made no other."""
        held = set(self.connection.execute("SELECT key, stage FROM entries"))
        numbers = {number for (number,) in self.connection.execute("SELECT number FROM sessions")}
        with self.connection:
            self.connection.executemany(DELETE, held - self.used)
            self.connection.executemany(FORGET, [(number,) for number in numbers - self._working()])
            self._record()


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {LAYOUT}")
    if not _tables(connection):
        for definition in TABLES.values():
            connection.execute(definition)
    connection.commit()
    return connection


def _names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")]


def _digest(key: bytes, laps: int, content: bytes, makers: str) -> bytes:
    return key_of(key, laps, hashlib.sha256(content).digest(), makers)


def _older(connection: sqlite3.Connection) -> bool:
    """Whether an earlier version of us wrote this: other sources, so that nothing in it would be found."""
    try:
        mark, layout = _marks(connection)
    except sqlite3.DatabaseError as error:
        if no_room(error) or _busy(error):
            raise
        return False
    return mark == APPLICATION and 0 < layout < LAYOUT


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """Whose file it is, and its layout."""
    (mark,), (layout,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    return mark, layout


def _sound(connection: sqlite3.Connection) -> bool:
    """Whether this is a whole journal of ours, or a new file."""
    try:
        (mark, layout), tables = _marks(connection), _tables(connection)
        if not tables:
            return (mark, layout) in ((0, 0), (APPLICATION, LAYOUT))
        if (mark, layout, tables) != (APPLICATION, LAYOUT, [*TABLES.values()]):
            return False
        entries = connection.execute("SELECT * FROM entries")
        sessions = connection.execute("SELECT * FROM sessions")
        intact = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        intact &= all(_digest(*row) == digest for *row, digest in entries)
        return intact and all(key_of(*row) == digest for *row, digest in sessions)
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
