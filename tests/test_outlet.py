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


VERDICT = """
import sys
from bench import __main__ as own
own.main = lambda: print("a verdict\\nand why") or 4
sys.exit(own.process())
"""


def shell(line: str, **variables: str) -> tuple[list[str], list[str], str]:
    """The words and the errors of a line of bash, and the exit code of the program at its beginning.

    `verdict` is the program of `python -m bench` around a command that says no more than that.
    """
    programs = {"bench": "-m bench", "verdict": '-c "$VERDICT"'}
    functions = "; ".join(f"{name}() {{ '{sys.executable}' {words} \"$@\"; }}" for name, words in programs.items())
    program = f"{functions}; {line}; echo ${{PIPESTATUS[0]}} >&3"
    variables = {"VERDICT": VERDICT} | variables
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
    (first,), _, code = shell(f"{line} | head -1")
    assert (first.partition(":")[0], code) == ("COMPARE regressed", "4")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_any_verdict_keeps_its_exit_code_whoever_reads(unbuffered: str) -> None:
    for end in ("| head -1", "| true", "2>&1 | true", ">&-", ">&- 2>&-"):
        assert shell(f"verdict {end}", PYTHONUNBUFFERED=unbuffered)[1:] == ([], "4"), end
    full = ["error: standard output cannot be written: No space left on device"]
    assert shell("verdict >/dev/full", PYTHONUNBUFFERED=unbuffered)[1:] == (full, "4")


@pytest.mark.slow
def test_a_sweep_without_any_stream_writes_its_files_and_no_word_into_them(tmp_path: Path) -> None:
    words = f"study=smoke precision=10 rounds=0 sigma=[1] samples=[10] output={tmp_path} name=run"
    assert shell(f"bench sweep {words} <&- >&- 2>&-") == ([], [], "0")
    assert (tmp_path / "run" / "report.md").is_file()
    with Journal(tmp_path / "run"):
        pass  # it would refuse a file with a word in it
    assert (tmp_path / "run" / "journal.lock").read_bytes() == b""
    assert b"started" not in (tmp_path / "run" / "statistics.csv").read_bytes()


@pytest.mark.slow
def test_variables_of_others_are_harmless() -> None:
    """The backend is one that a notebook hands down, which need not be installed here."""
    harmless = {
        "MPLBACKEND": "module://of_a_notebook.backend_inline",
        "SOURCE_DATE_EPOCH": "abc",
        "NUMBA_CACHE_LOCATOR_CLASSES": "nonsense",
        "HYDRA_FULL_ERROR": "1",
        "OMP_NUM_THREADS": "abc",
    }
    out, err, status = shell("bench catalogue", **harmless)
    assert (out[0], err, status) == ("data", [], "0")


@pytest.mark.parametrize(
    ("name", "value"), [("NUMBA_OPT", "x"), ("NUMBA_NUM_THREADS", "two"), ("NUMBA_NUM_THREADS", "0")]
)
def test_variables_that_keep_the_kernels_from_being_compiled_are_named_in_a_line(name: str, value: str) -> None:
    out, err, status = shell("bench catalogue", **{name: value})
    assert (out, len(err), status) == ([], 1, "2")
    assert name in err[0]


@pytest.mark.slow
def test_letters_that_an_encoding_lacks_are_written_in_others() -> None:
    out, err, status = shell("bench sweep output=a,é dry_run=true", PYTHONIOENCODING="ascii")
    assert (out, len(err), status) == ([], 1, "2")
    assert "\\xe9" in err[0]
