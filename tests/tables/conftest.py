"""A run to be edited."""

import shutil
from pathlib import Path

import pytest

from tests.support.command import Outcome


@pytest.fixture
def run(smoke: tuple[Path, Outcome], tmp_path: Path) -> Path:
    """A copy of a finished run, to be edited."""
    return Path(shutil.copytree(smoke[0], tmp_path / "out" / "run"))
