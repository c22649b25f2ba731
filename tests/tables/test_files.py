"""Files of a folder that are put in their places together."""

import os
from pathlib import Path

import pytest

from bench.tables import files


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
    real = os.chmod

    def full(path: str, mode: int) -> None:
        if "b.txt" in path:
            raise OSError(28, "No space left on device")
        real(path, mode)

    monkeypatch.setattr(os, "chmod", full)
    with pytest.raises(OSError, match="No space"):
        files.update(tmp_path, {"a.txt": "a", "b.txt": "b"}, ["old.txt"])
    assert texts(tmp_path) == {"old.txt": "old", "a.txt": "before"}
