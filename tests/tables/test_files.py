"""Files that appear whole or not at all."""

import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from bench.tables import files


class Unwritable(io.FileIO):
    """A file that can be made and not be written."""

    error: type[BaseException] | BaseException = OSError(28, "No space left on device")

    def write(self, content: object) -> int:
        raise self.error


def fail(error: type[BaseException]) -> Callable[..., None]:
    def raises(*arguments: object) -> None:
        raise error

    return raises


STEPS: dict[str, Callable[[pytest.MonkeyPatch, type[BaseException]], None]] = {
    "open": lambda patch, error: patch.setattr(files, "open", fail(error), raising=False),
    "write": lambda patch, error: patch.setattr(
        files, "open", type("Broken", (Unwritable,), {"error": error}), raising=False
    ),
    "replace": lambda patch, error: patch.setattr(os, "replace", fail(error)),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: type[BaseException]
) -> None:
    file = tmp_path / "a.csv"
    files.write(file, "old")
    STEPS[step](monkeypatch, error)
    with pytest.raises(error):
        files.write(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_written_file_is_readable_by_those_who_may(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        files.write(tmp_path / "a", b"\0")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    assert (tmp_path / "a").read_bytes() == b"\0"


def test_the_umask_of_the_process_is_never_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It belongs to all threads: one of them would make files that everybody may write."""
    monkeypatch.setattr(os, "umask", fail(AssertionError))
    files.write(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "new"


def test_files_that_have_no_room_together_leave_all_the_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    files.write_all({first: "old", second: "old"})

    def opened(path: Path, mode: str) -> IO[bytes]:
        return Unwritable(path, mode) if ".second." in path.name else open(path, mode)

    monkeypatch.setattr(files, "open", opened, raising=False)
    with pytest.raises(OSError, match="No space"):
        files.write_all({first: "new", second: "new"})
    assert (first.read_text(), second.read_text()) == ("old", "old")
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / f"{files.UNFINISHED}x").mkdir()
    left = [tmp_path / f"{files.UNFINISHED}x" / "a.csv", tmp_path / "figures" / f"{files.UNFINISHED}a.png.x1"]
    others = [tmp_path / "a.csv", tmp_path / ".mine", tmp_path / "figures" / "a.png"]
    for path in left + others:
        path.write_text("1")
    files.remove_unfinished(tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(others)


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_new_files_come_and_stale_ones_go(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("old")
    (tmp_path / "stays.txt").write_text("stays")
    files.update(tmp_path, {"folder/new.bin": b"bytes", "text.md": "words"}, ["old.txt"])
    assert texts(tmp_path) == {"folder/new.bin": "bytes", "text.md": "words", "stays.txt": "stays"}


def test_where_there_is_no_room_for_all_nothing_comes_and_nothing_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old.txt").write_text("old")
    (tmp_path / "a.txt").write_text("before")

    def opened(path: Path, mode: str) -> IO[bytes]:
        return Unwritable(path, mode) if ".b.txt." in path.name else open(path, mode)

    monkeypatch.setattr(files, "open", opened, raising=False)
    with pytest.raises(OSError, match="No space"):
        files.update(tmp_path, {"a.txt": "a", "b.txt": "b"}, ["old.txt"])
    assert texts(tmp_path) == {"old.txt": "old", "a.txt": "before"}
