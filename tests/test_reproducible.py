"""The same numbers from kernels that were compiled now and from kernels that were found in the cache."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BLOCK = """
import hashlib
from bench.engine import blocks
from tests.speed.work import GRID, stream_of

assignment, _, _ = stream_of(GRID)
print(hashlib.sha256(blocks.run(assignment, 0)[0].tobytes()).hexdigest())
"""


@pytest.mark.slow
def test_compiled_and_cached_kernels_give_the_same_bits(tmp_path: Path) -> None:
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-c", BLOCK]
    first, second = (
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout for _ in range(2)
    )
    assert len(first.strip()) == 64
    assert first == second
