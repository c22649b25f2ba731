"""The journal: what was finished is found again, and what is not ours, or damaged, or in use, is refused."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bench.engine.journal import APPLICATION, LAYOUT, NAME, Journal, key_of
from bench.errors import BadInput


def test_entries_are_found_again(tmp_path: Path) -> None:
    first, second = key_of("cell", 1), key_of("cell", 2)
    with Journal(tmp_path) as journal:
        journal.write({first: b"first"})
    with Journal(tmp_path) as journal:
        assert journal.read([first, second]) == {first: (0, b"first")}


def test_starting_over_forgets(tmp_path: Path) -> None:
    key = key_of("cell")
    with Journal(tmp_path) as journal:
        journal.write({key: b"first"})
    with Journal(tmp_path, resume=False) as journal:
        assert journal.read([key]) == {}


def test_one_of_an_earlier_version_starts_over_for_nothing_in_it_would_be_found(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / NAME)
    for statement in (f"application_id = {APPLICATION}", f"user_version = {LAYOUT - 1}"):
        connection.execute(f"PRAGMA {statement}")
    connection.execute("CREATE TABLE units (a)")
    connection.execute("CREATE TABLE entries (b)")
    connection.commit()
    connection.close()
    with Journal(tmp_path) as journal:
        journal.write({key_of("cell"): b"first"})
    with Journal(tmp_path) as journal:
        assert journal.read([key_of("cell")]) == {key_of("cell"): (0, b"first")}


def test_what_a_run_does_not_ask_for_is_pruned(tmp_path: Path) -> None:
    first, second = key_of("cell", 1), key_of("cell", 2)
    with Journal(tmp_path) as journal:
        journal.write({first: b"first", second: b"second"})
    with Journal(tmp_path) as journal:
        journal.read([second])
        journal.prune()
        assert journal.read([first, second]) == {second: (0, b"second")}


def test_the_entry_of_the_most_laps_that_is_asked_for_is_found(tmp_path: Path) -> None:
    key = key_of("cell")
    with Journal(tmp_path) as journal:
        for laps in (1, 3, 8):
            journal.write({key: bytes([laps])}, laps)
        assert [journal.read([key], up_to).get(key) for up_to in (0, 1, 7, 9)] == [
            None,
            (1, b"\x01"),
            (3, b"\x03"),
            (8, b"\x08"),
        ]
        journal.write({key: b"x"}, 9, replaces={key: 8})
        assert journal.read([key], 8)[key][0] == 3
        assert journal.read([key], 9)[key] == (9, b"x")


def starts(
    folder: Path, read: bytes | None = None, write: bytes | None = None, replaces: int | None = None
) -> list[str]:
    """What a session that read and wrote these entries says of the machines of the run."""
    with Journal(folder, machine={"model": f"{read!r} {write!r}"}) as journal:
        if read is not None:
            journal.read([read], 9)
        if write is not None:
            journal.write({write: b"x"}, 9 if replaces else 1, {write: replaces} if replaces else None)
        machines = [session["cpu"]["model"] for session in journal.sessions()]
        journal.prune()
    return machines


def test_a_run_knows_the_sessions_that_made_what_it_reads(tmp_path: Path) -> None:
    first, second = key_of(1), key_of(2)
    assert starts(tmp_path, write=first) == [f"None {first!r}"]
    both = [f"None {first!r}", f"{first!r} {second!r}"]
    assert starts(tmp_path, read=first, write=second) == both  # the second session read what the first made
    assert starts(tmp_path, read=second) == [both[1], f"{second!r} None"]  # of which the first has no part
    assert starts(tmp_path, read=first) == [f"{first!r} None"]  # pruned: nothing of it is left


def test_an_entry_that_goes_on_with_another_is_of_both_sessions(tmp_path: Path) -> None:
    key = key_of(1)
    starts(tmp_path, write=key)
    starts(tmp_path, read=key, write=key, replaces=1)
    assert len(starts(tmp_path, read=key)) == 3
    assert len(starts(tmp_path, read=key)) == 3  # the third made nothing, and is forgotten


def test_a_session_that_was_killed_is_known_by_what_it_wrote(tmp_path: Path) -> None:
    with Journal(tmp_path, machine={"model": "first"}) as journal, journal.session.phase("sampling"):
        journal.write({key_of(1): b"x"})
        journal.connection.rollback()
    with Journal(tmp_path, machine={"model": "second"}) as journal:
        journal.read([key_of(1)])
        first, second = journal.sessions()
    assert (first["cpu"]["model"], [*first["phases"]]) == ("first", ["sampling"])
    assert (second["cpu"]["model"], second["phases"]) == ("second", {})


def test_starting_over_forgets_sessions_too(tmp_path: Path) -> None:
    starts(tmp_path, write=key_of(1))
    with Journal(tmp_path, resume=False) as journal:
        journal.read([key_of(1)])
        assert len(journal.sessions()) == 1


def test_keys_tell_everything_apart() -> None:
    assert len({key_of(1), key_of("1"), key_of(1.0), key_of(1, 2), key_of((1, 2)), key_of("1, 2"), key_of()}) == 7


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        with pytest.raises(sqlite3.Error):
            journal.write({key_of(1): b"first", object(): b"second"})  # type: ignore[dict-item]
        assert journal.read([key_of(1)]) == {}


def foreign_text(path: Path) -> None:
    path.write_text("these are my notes\n" * 100)


def foreign_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()


def damaged(path: Path) -> None:
    with Journal(path.parent) as journal:
        journal.write({key_of(i): os.urandom(3000) for i in range(200)})
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = os.urandom(8192)
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    with Journal(path.parent) as journal:
        journal.write({key_of(i): os.urandom(3000) for i in range(200)})
    path.write_bytes(path.read_bytes()[:100_001])


def one_bit_flipped(path: Path) -> None:
    """SQLite's own check does not see this."""
    with Journal(path.parent) as journal:
        journal.write({key_of(1): b"a" * 1000})
    content = bytearray(path.read_bytes())
    content[content.index(b"a" * 1000) + 500] ^= 1
    path.write_bytes(content)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def other_columns(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {LAYOUT}")
    connection.execute("CREATE TABLE units (a)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("resume", [True, False])
@pytest.mark.parametrize("make", [foreign_text, foreign_database, damaged, cut_short, one_bit_flipped, other_columns])
def test_what_is_not_a_sound_journal_is_refused_and_left_alone(make, resume: bool, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / NAME
    make(path)
    before = path.read_bytes()
    with pytest.raises(BadInput, match="move it away"), Journal(tmp_path, resume):
        pass
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", [NAME, "journal.lock"])
def test_a_folder_in_its_place_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(BadInput, match="is a folder"), Journal(tmp_path):
        pass


def test_a_journal_that_another_program_holds_is_not_called_damaged(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.write({key_of(1): b"first"})
    other = sqlite3.connect(tmp_path / NAME)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BadInput, match="held by another program"), Journal(tmp_path):
        pass
    other.close()
    with Journal(tmp_path) as journal:
        assert journal.read([key_of(1)]) == {key_of(1): (0, b"first")}


HOLD = """
import sys
from pathlib import Path
from bench.engine.journal import Journal

with Journal(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_sweep_is_refused_until_the_first_is_dead(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BadInput, match="a sweep, a fit or a report is at work"), Journal(tmp_path):
            pass
        holder.kill()
    with Journal(tmp_path) as journal:
        assert journal.read([key_of(1)]) == {}


def test_the_date_of_the_lock_says_nothing(tmp_path: Path) -> None:
    lock = tmp_path / "journal.lock"
    lock.touch()
    os.utime(lock, (4e9, 4e9))  # of a machine whose clock is years ahead
    with Journal(tmp_path) as journal:
        journal.write({b"key": b"content"})
