"""The lock of the folder of a run: one holder at a time, in this process or another, and none after it."""

import os
from pathlib import Path

import pytest

from bench.errors import BadInput
from bench.tables import lock


def test_a_second_holder_is_refused_and_one_after_the_first_is_not(tmp_path: Path) -> None:
    with (
        lock.held(tmp_path),
        pytest.raises(BadInput, match="a sweep, a fit or a report is at work in "),
        lock.held(tmp_path),
    ):
        pass
    with lock.held(tmp_path):
        pass


def test_other_folders_are_free(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with lock.held(tmp_path / "a"), lock.held(tmp_path / "b"):
        pass


def test_a_lock_file_of_any_date_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / lock.NAME).touch()
    os.utime(tmp_path / lock.NAME, (4e9, 4e9))
    with lock.held(tmp_path):
        pass


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / lock.NAME).mkdir()
    with pytest.raises(BadInput, match="is a folder; move it away"), lock.held(tmp_path):
        pass
