"""How a run is written: a full disk, a folder that goes away and other failures, told apart."""

import errno
import sqlite3
from pathlib import Path

import pytest

from bench.commands.writing import at_work, journal_in, writable
from bench.engine.journal import key_of
from bench.errors import BadInput, BenchError


def test_a_full_disk_is_bad_input_that_says_how_to_go_on(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no room left for .*; free some and run again: it resumes"), at_work(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk I/O error"), FileNotFoundError("gone")])
def test_a_folder_that_goes_away_is_named(tmp_path: Path, error: Exception) -> None:
    folder = tmp_path / "gone"
    with pytest.raises(BenchError, match="was changed by something else while it was written to"), at_work(folder):
        raise error


def test_other_failures_of_a_folder_that_is_there_are_let_through(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), at_work(tmp_path):
        raise PermissionError("no")


def test_what_a_killed_run_left_unfinished_goes_and_what_is_not_asked_for_is_pruned(tmp_path: Path) -> None:
    unfinished, stale = tmp_path / ".unfinished.curves.csv.0", key_of("stale")
    unfinished.write_text("half a table")
    with journal_in(tmp_path, resume=True, kind="sweep") as journal:
        assert not unfinished.exists()
        journal.write({stale: b""})
    with journal_in(tmp_path, resume=True, kind="sweep"):
        pass
    with journal_in(tmp_path, resume=True, kind="sweep") as journal:
        assert journal.read([stale]) == {}


def test_a_folder_is_made_and_tried(tmp_path: Path) -> None:
    assert writable(tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="cannot write to"):
        writable(tmp_path / "file" / "b")
