"""Progress: a bar on a terminal, lines in a log."""

import io
import re
import sys
import threading

import pytest

from bench import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with progress.Progress("sampling", "draws") as counted:
        for second in range(1, 41):
            now[0] = float(second)
            counted.advance(1000, 5000, "dimension 3")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "sampling: started"
    assert lines[1] == "sampling: 1e+03 draws, dimension 3"
    assert lines[2] == "sampling: 2e+03 draws, 1e+03 a second, 5 s to go, dimension 3"
    assert [line.split()[1] for line in lines[2:]] == ["2e+03", "4e+03", "8e+03", "1.6e+04", "2.6e+04", "3.6e+04"]


def test_the_rate_is_that_of_what_follows_the_first_which_code_is_compiled_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with progress.Progress("descent", "steps") as counted:
        for second, done, left in ((100.0, 10, 1000), (101.0, 10, 1000), (201.0, 1000, 50), (401.0, 50, 0)):
            now[0] = second
            counted.advance(done, left)
    assert capsys.readouterr().err.splitlines()[1:] == [
        "descent: 10 steps",
        "descent: 1.02e+03 steps, 10 a second, 5 s to go",
        "descent: 1.07e+03 steps, 3.52 a second",
    ]


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.Progress("sampling", "draws") as counted:
        counted.advance(500, 500, "worst interval 3.0%")
    assert "worst interval 3.0%" in terminal.getvalue()
    assert "50%" in terminal.getvalue()


def test_silence_is_broken_with_the_name_of_what_is_under_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "SILENT_S", 0.01)
    spoken = threading.Event()

    def say(line: str) -> None:
        print(line, file=sys.stderr)
        if line.startswith("plan"):  # on a busy machine the first is told before that phase begins
            spoken.set()

    monkeypatch.setattr(progress, "say", say)
    with progress.never_silent("sweep"), progress.phase("plan"):
        assert spoken.wait(60)
    assert re.search(r"^plan: at work, \d+ s since sweep began$", capsys.readouterr().err, re.MULTILINE)
    assert progress.NOW.phase == ""


def test_what_speaks_is_not_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is said in the half minute after a line, nor after the end; phases return to the one around them."""
    with progress.never_silent("sweep"):
        with progress.Progress("oracle", "estimates"):
            assert progress.NOW.phase == "oracle"
        assert progress.NOW.phase == "sweep"
    assert capsys.readouterr().err == "oracle: started\n"
