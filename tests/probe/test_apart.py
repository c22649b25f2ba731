"""Work in a copy of the process: what it raises is raised here, and its death is one line."""

import os
import signal
import subprocess
import sys

import pytest

from bench.errors import BadInput
from bench.probe import apart
from bench.probe.apart import Announce, run
from tests.support.command import TOP


@pytest.fixture(autouse=True)
def forkable(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests have imported is not used by the copies."""
    monkeypatch.setattr(apart, "UNFORKABLE", set())


def test_it_is_done_in_another_process() -> None:
    done: list[int] = []
    run(lambda announce: done.append(os.getpid()))
    assert done == []


def test_what_it_raises_is_raised() -> None:
    def work(announce: Announce) -> None:
        announce("somewhere")
        raise BadInput("a line of its own")

    with pytest.raises(BadInput, match=r"^a line of its own$"):
        run(work)


@pytest.mark.parametrize(
    ("end", "message"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), "ends the process (SIGSEGV)"),
        (lambda: os.abort(), "ends the process (SIGABRT)"),
        (lambda: os._exit(0), "ends the process (exit code 0)"),
        (lambda: signal.pause(), "does not return within 1 s"),
    ],
)
def test_a_death_is_told_with_what_was_announced_last(end, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE_S", 1)

    def work(announce: Announce) -> None:
        announce("first")
        announce("second")
        end()

    with pytest.raises(BadInput) as caught:
        run(work)
    assert str(caught.value) == f"second: {message}; allowed: to return"


def test_a_copy_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def work(announce: Announce) -> None:
        print("a word")
        print("a word", file=sys.stderr)
        os.system("echo another program")

    run(work)
    assert capfd.readouterr() == ("", "")


HANGS = """
import signal
from bench.probe import apart
apart.PATIENCE_S, apart.UNFORKABLE = 0.2, {"sys"}
apart.run(lambda announce: (announce("first"), announce("second"), signal.pause()))
"""


def test_what_hangs_beside_threads_ends_this_process_with_its_line() -> None:
    made = subprocess.run([sys.executable, "-c", HANGS], cwd=TOP, capture_output=True, text=True, timeout=60)
    assert made.returncode == 2
    assert made.stderr == "error: second: does not return within 0.2 s; allowed: to return\n"


def test_beside_threads_that_hold_locks_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "UNFORKABLE", {"sys"})
    done: list[int] = []
    run(lambda announce: done.append(os.getpid()))
    assert done == [os.getpid()]


def test_an_error_is_told_whatever_it_came_of() -> None:
    """Dask's pickles of errors hold their causes and frames, which may be of any kind."""
    pytest.importorskip("distributed")

    def work(announce: apart.Announce) -> None:
        announce("f")
        try:
            raise ValueError(lambda: 0)
        except ValueError as error:
            raise BadInput("a line") from error

    with pytest.raises(BadInput, match=r"^a line$"):
        apart.run(work)
