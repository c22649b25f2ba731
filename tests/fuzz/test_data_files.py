"""Any file as data: it is read as it was written, or refused in one line."""

import gzip
import math
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench.config import compose, runs
from bench.data import csv
from bench.data.csv import DECIMALS, SEPARATORS, Dialect
from bench.errors import ExitCode
from bench.oracle import forecast
from tests.support.fuzz import FEW, MANY, hold

KEYS = (
    ("data.column=x", "dataset_size=[null]"),
    ("data.column=x", "dataset_size=[null]", "data.separator=semicolon", "data.decimal=comma"),
    ("data.column=x", "dataset_size=[1]", "data.separator=tab"),
    ("data.column=x", "dataset_size=[1,null]", "data.separator=space"),
    ("data.column=x", "dataset_size=[3]", "data.header=2"),
    ("data.column=2", "dataset_size=[null]", "data.header=none"),
)
HEADERS = ([["x", "y"]], [["y", "x"]], [["x"]], [["#"], ["x", "y"]], [])
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.floats(allow_nan=False, allow_infinity=False))
TRAPS = ("1,5", "1,000", "1_000", "1e999", "nan", "", " ", '"', '""', '"1"', "x", "\0", "1\n", "\u0661", "\u2212" + "1")
FIELDS = st.one_of(NUMBERS.map(str), NUMBERS.map(str), st.sampled_from(TRAPS), st.text(max_size=3))
ROWS = st.one_of(
    st.lists(st.lists(NUMBERS.map(str), min_size=2, max_size=2), max_size=5),
    st.lists(st.lists(FIELDS, max_size=3), max_size=5),
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"])


def written(rows: list[list[str]], separator: str, end: str, encoding: str, packed: bool) -> bytes:
    """Rows as the bytes of a file."""
    content = "".join(separator.join(row) + end for row in rows).encode(encoding, errors="replace")
    return gzip.compress(content, mtime=0) if packed else content


TABLES = st.builds(
    lambda header, rows, *form: written([*header, *rows], *form),
    st.sampled_from(HEADERS),
    ROWS,
    st.sampled_from(list(SEPARATORS.values())),
    st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n", "\r\r\n", ""]),
    ENCODINGS,
    st.booleans(),
)
FILES = st.one_of(TABLES, TABLES, TABLES, st.binary(max_size=50))
COMMANDS = st.sampled_from(KEYS)

Try = Callable[[bytes, tuple[str, ...]], ExitCode]


@pytest.fixture
def attempt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Try:
    """Plans a sweep of a file, beside an earlier report that it must leave as it was."""
    compose_once = cache(lambda *words: compose.compose("sweep", words))
    monkeypatch.setattr(runs, "compose", lambda command, words: compose_once(*words))
    monkeypatch.setattr(forecast, "describe", lambda plan, settings: "planned")  # it would time a chunk of draws
    (tmp_path / "out" / "run").mkdir(parents=True)
    (tmp_path / "out" / "run" / "report.md").write_text("an earlier report")
    file = tmp_path / "data.csv"
    where = (f"output={tmp_path / 'out'}", "name=run", "dry_run=true", "data=csv", f"data.path={file}")
    one_cell = ("study=smoke", "sigma=[1.0]", "samples=[1]", "latent=[shared]")

    def run(content: bytes, keys: tuple[str, ...]) -> ExitCode:
        file.write_bytes(content)
        code = ExitCode(hold("sweep", *where, *one_cell, *keys).code)
        assert code in (ExitCode.DONE, ExitCode.BAD_INPUT)
        return code

    return run


@FEW
@given(FILES, COMMANDS)
@example(b"x\n1\n2\n", KEYS[0])
@example(b"x;y\n1,5;2\n", KEYS[1])
def test_any_file_is_data_or_bad_input(attempt: Try, content: bytes, keys: tuple[str, ...]) -> None:
    attempt(content, keys)


@pytest.mark.slow
@MANY
@given(FILES, COMMANDS)
def test_very_many_files(attempt: Try, content: bytes, keys: tuple[str, ...]) -> None:
    attempt(content, keys)


@pytest.mark.parametrize("slip", ["alters", "removes", "raises"])
def test_what_breaks_a_promise_is_caught(
    attempt: Try, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slip: str
) -> None:
    report = tmp_path / "out" / "run" / "report.md"
    slips: dict[str, Callable[[], object]] = {
        "alters": lambda: report.write_text("another report"),
        "removes": lambda: report.unlink(missing_ok=True),
        "raises": lambda: 1 // 0,
    }
    assert attempt(b"x\none\n", KEYS[0]) == ExitCode.BAD_INPUT
    monkeypatch.setattr(csv, "_cut", lambda words: slips[slip]())
    with pytest.raises((AssertionError, ZeroDivisionError)):
        attempt(b"x\none\n", KEYS[0])


@FEW
@given(
    st.lists(NUMBERS.map(float), min_size=1, max_size=5),
    st.sampled_from(sorted(SEPARATORS)),
    st.sampled_from(sorted(DECIMALS)),
    st.integers(1, 4),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
)
def test_what_is_read_is_what_was_written(
    tmp_path: Path, values: list[float], separator: str, decimal: str, line: int, end: str, encoding: str, packed: bool
) -> None:
    fields = [f'"{value!r}"'.replace(".", DECIMALS[decimal]) for value in values]
    rows = [*[["above"]] * (line - 1), ["name", '"x"'], *(["a", field] for field in fields)]
    (file := tmp_path / "data.csv").write_bytes(written(rows, SEPARATORS[separator], end, encoding, packed))
    read = csv.read(str(file), "x", None, Dialect(separator, decimal, line))
    assert read.tolist() == values
    assert all(map(math.isfinite, read))
