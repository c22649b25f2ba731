"""What is printed while the outlet is closed goes to standard error, and comes back afterwards."""

import subprocess
import sys

import pytest

from bench import outlet
from tests.support.command import TOP

PROGRAM = """
import os
from bench import outlet
print("before")
with outlet.closed():
    print("a word")
    os.system("echo another program")
print("after")
"""


def test_words_and_other_programs_go_to_standard_error() -> None:
    made = subprocess.run([sys.executable, "-c", PROGRAM], cwd=TOP, capture_output=True, text=True, check=True)
    assert made.stdout.split("\n") == ["before", "after", ""]
    assert set(made.stderr.splitlines()) == {"a word", "another program"}


def test_a_stream_that_stands_for_standard_output_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with outlet.closed():
        print("a word")
    print("after")
    assert capsys.readouterr() == ("after\n", "a word\n")
