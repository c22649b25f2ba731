"""Every benchmark runs: no other test would miss what it imports. `make slow` runs it; minutes."""

import subprocess
import sys

import pytest

from tests.support.command import TOP

pytestmark = pytest.mark.slow


def test_every_benchmark_runs() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "tests/speed"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
