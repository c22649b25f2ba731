"""The environment is made anew where a lock file says something else, whatever the dates are."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.command import TOP


@pytest.mark.parametrize(("target", "lock"), [("run", "requirements.lock"), ("dev", "requirements-dev.lock")])
@pytest.mark.parametrize("year", [1980, 2099])
def test_a_date_makes_nothing_anew_and_a_word_does(tmp_path: Path, target: str, lock: str, year: int) -> None:
    folder = tmp_path / "a (1) [é]"
    (folder / ".venv").mkdir(parents=True)
    shutil.copy(TOP / "Makefile", folder)
    for name, stamp in (("requirements.lock", ".run"), ("requirements-dev.lock", ".dev")):
        (folder / name).write_text(f"a=={name}\n")
        shutil.copy(folder / name, folder / ".venv" / stamp)
    seconds = (year - 1970) * 365.25 * 86400
    os.utime(folder / lock, (seconds, seconds))

    def up_to_date() -> bool:
        done = subprocess.run(["make", "-q", f".venv/.{target}"], cwd=folder, capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        return done.returncode == 0

    assert up_to_date()
    (folder / lock).write_text("a==2\n")
    os.utime(folder / lock, (seconds, seconds))
    assert not up_to_date()
