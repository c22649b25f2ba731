"""What is printed while the outlet is closed goes to standard error; who reads either stream may leave."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import outlet
from bench.engine.journal import Journal
from tests.support import compared
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


def shell(line: str, **variables: str) -> tuple[list[str], list[str], str]:
    """The words and the errors of a line of bash, and the exit code of the program at its beginning."""
    program = f"bench() {{ '{sys.executable}' -m bench \"$@\"; }}; {line}; echo ${{PIPESTATUS[0]}} >&3"
    read, write = os.pipe()
    words = ["bash", "-c", program.replace(">&3", f">&{write}")]
    done = subprocess.run(words, cwd=TOP, capture_output=True, text=True, pass_fds=[write], env=os.environ | variables)
    os.close(write)
    with os.fdopen(read) as codes:
        return done.stdout.splitlines(), done.stderr.splitlines(), codes.read().strip()


@pytest.mark.parametrize(
    ("line", "code", "errors"),
    [
        ("bench --help | true", "0", 0),
        ("bench --help >&-", "0", 0),
        ("bench --help <&- >&- 2>&-", "0", 0),
        ("bench nonsense 2>&-", "2", 0),
        ("bench nonsense 2>/dev/full", "2", 0),
        ("bench nonsense 2>&1 | true", "2", 0),
        ("bench --help >/dev/full", "1", 1),
        ("bench --help >/dev/full 2>&1", "1", 0),
        ("bench nonsense", "2", 1),
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_the_exit_code_is_that_of_the_command_whoever_reads(line: str, code: str, errors: int, unbuffered: str) -> None:
    _, err, status = shell(line, PYTHONUNBUFFERED=unbuffered)
    assert status == code
    assert len(err) == errors, err


def test_a_verdict_keeps_its_exit_code_through_a_pipe(tmp_path: Path) -> None:
    for name, scale in (("base", 1e-6), ("head", 2e-6)):
        rounds = [scale * (1 + 0.001 * i) for i in range(20)]
        (tmp_path / f"{name}.json").write_text(json.dumps(compared.record({"test_a": rounds})))
    line = f"bench compare base={tmp_path / 'base.json'} head={tmp_path / 'head.json'}"
    full = ["error: standard output cannot be written: No space left on device"]
    for unbuffered, ends in (("", ("| head -1", "2>&1 | true", ">&- 2>&-")), ("1", ("| head -1",))):
        codes = [shell(f"{line} {end}", PYTHONUNBUFFERED=unbuffered)[2] for end in ends]
        assert set(codes) == {"4"}
        assert shell(f"{line} >/dev/full", PYTHONUNBUFFERED=unbuffered)[1:] == (full, "4")


def test_a_sweep_without_any_stream_writes_its_files_and_no_word_into_them(tmp_path: Path) -> None:
    words = f"study=smoke precision=10 rounds=0 sigma=[1] samples=[10] output={tmp_path} name=run"
    assert shell(f"bench sweep {words} <&- >&- 2>&-") == ([], [], "0")
    assert (tmp_path / "run" / "report.md").is_file()
    with Journal(tmp_path / "run"):
        pass  # it would refuse a file with a word in it
    assert (tmp_path / "run" / "journal.lock").read_bytes() == b""
    assert b"started" not in (tmp_path / "run" / "statistics.csv").read_bytes()


def test_the_backend_that_a_notebook_hands_down_need_not_be_installed() -> None:
    out, err, status = shell("bench catalogue", MPLBACKEND="module://of_a_notebook.backend_inline")
    assert (out[0], err, status) == ("data", [], "0")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SOURCE_DATE_EPOCH", "abc", "0"),
        ("NUMBA_CACHE_LOCATOR_CLASSES", "nonsense", "0"),
        ("HYDRA_FULL_ERROR", "1", "0"),
        ("OMP_NUM_THREADS", "abc", "0"),
        ("NUMBA_OPT", "x", "2"),
        ("NUMBA_NUM_THREADS", "two", "2"),
        ("NUMBA_NUM_THREADS", "0", "2"),
    ],
)
def test_variables_of_others_are_harmless_or_named_in_a_line(name: str, value: str, code: str) -> None:
    out, err, status = shell("bench catalogue", **{name: value})
    assert (status, len(err), bool(out)) == (code, int(code == "2"), code == "0"), err
    assert not err or name in err[0]


def test_letters_that_an_encoding_lacks_are_written_in_others() -> None:
    out, err, status = shell("bench sweep output=a,é dry_run=true", PYTHONIOENCODING="ascii")
    assert (out, len(err), status) == ([], 1, "2")
    assert "\\xe9" in err[0]
