"""`index` writes a page over the runs of a folder, and says in one line where there is none."""

import shutil
from pathlib import Path

from tests.support.command import Outcome, command, one_line


def test_the_index_of_a_folder_is_written(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    shutil.copytree(smoke[0], tmp_path / "mine")
    code, out, err = command("index", f"output={tmp_path}")
    assert code == 0, err
    assert out == f"index: {tmp_path / 'index.html'}, 1 runs\n"
    assert "Seconds: a small corner of every axis" in (tmp_path / "index.html").read_text()


def test_a_folder_without_runs_is_one_line(tmp_path: Path) -> None:
    line = one_line(command("index", f"output={tmp_path}"))
    assert line == f"output: {str(tmp_path)!r} holds no run; allowed: a folder of runs, such as reports"
    assert list(tmp_path.iterdir()) == []


def test_a_threshold_is_a_number(tmp_path: Path) -> None:
    assert one_line(command("index", f"output={tmp_path}", "threshold=0")).startswith("threshold=0 is not allowed; ")
