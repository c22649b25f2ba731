"""A user's CSV file: read as it is written, or refused with its line and with what would fit."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.data import csv
from bench.errors import BadInput

PLAIN: dict[str, Any] = csv.PLUGIN.parameters | {"column": "x"}
FIELD: dict[str, tuple[str, dict[str, Any], list[float]]] = {
    "decimal comma": (
        "name;x\na;1,5\nb;2,25\nc;-3,0\nd;4,75\n",
        {"separator": "semicolon", "decimal": "comma"},
        [1.5, 2.25, -3.0, 4.75],
    ),
    "lines above the header": ("# logger 7, firmware 2\nx\n1.5\n2.25\n", {"header": 2}, [1.5, 2.25]),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data.csv"


def load(file: Path, size: int | None = None, **keys: Any) -> list[float]:
    values: list[float] = csv.load(size, **(PLAIN | {"path": str(file)} | keys)).tolist()
    return values


def refusal(file: Path, size: int | None = None, **keys: Any) -> str:
    with pytest.raises(BadInput) as caught:
        load(file, size, **keys)
    return str(caught.value).replace(repr(str(file)), "FILE")


@pytest.mark.parametrize("case", FIELD)
def test_a_file_is_read_as_it_is_said_to_be_written(file: Path, case: str) -> None:
    text, keys, values = FIELD[case]
    file.write_text(text)
    assert load(file, **keys) == values


@pytest.mark.parametrize("case", FIELD)
def test_a_file_that_is_written_otherwise_is_recognised_and_the_keys_are_named(file: Path, case: str) -> None:
    text, keys, values = FIELD[case]
    file.write_text(text)
    words = " ".join(f"data.{key}={value}" for key, value in sorted(keys.items(), reverse=True))
    assert refusal(file).endswith(f"; with {words} its first value is {values[0]}")


def test_the_mean_of_the_decimal_commas(file: Path) -> None:
    text, keys, _ = FIELD["decimal comma"]
    file.write_text(text)
    assert np.mean(load(file, **keys)) == 1.375


@pytest.mark.parametrize(
    ("text", "keys", "values"),
    [
        ('\ufeffname,"x"\r\n"a",1.5\r\n"b\nb",-2e3\r\nc, 7 \r\n', {}, [1.5, -2000.0, 7.0]),
        ("x\r1\r2\r", {}, [1.0, 2.0]),
        ("x\n1\n2", {}, [1.0, 2.0]),
        ("x\n1\n2\n\n\r\n", {}, [1.0, 2.0]),
        ("y,x,\n1,2,\n3,4\n", {}, [2.0, 4.0]),
        ("y,x,\n1,2,\n3,4,\n", {}, [2.0, 4.0]),
        ("x,y\n1,\n2,\n", {}, [1.0, 2.0]),
        ("y, x \n1,2\n", {}, [2.0]),
        ("y\tx\n1\t2\n", {"separator": "tab"}, [2.0]),
        ("y|x\n1|2\n", {"separator": "bar"}, [2.0]),
        ("y~x\n1~2\n", {"separator": "~"}, [2.0]),
        ("y;x\n1;2\n", {"separator": ";"}, [2.0]),
        ("  y  x\n  1    2\n 10   20 \n", {"separator": "space"}, [2.0, 20.0]),
        ('y,x\n1,"2,5"\n', {"decimal": "comma"}, [2.5]),
        ("y;x\n1;2,5\n", {"separator": ";", "decimal": ","}, [2.5]),
        ("1.5,7\n2.5,8\n", {"header": None, "column": 2}, [7.0, 8.0]),
        ("1.5,7\n2.5,8\n", {"header": "none", "column": "1"}, [1.5, 2.5]),
        ("2019,2020\n3,4\n", {"column": 2020}, [4.0]),
    ],
)
@pytest.mark.parametrize("form", ["plain", "gzip", "utf-16"])
def test_dialects(file: Path, text: str, keys: dict[str, Any], values: list[float], form: str) -> None:
    content = text.removeprefix("\ufeff").encode("utf-16") if form == "utf-16" else text.encode()
    file.write_bytes(gzip.compress(content) if form == "gzip" else content)
    assert load(file, **keys) == values
    assert load(file, 1, **keys) == values[:1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "data.path: FILE is empty; it needs a header and at least one row"),
        ("x\n", "data.path: FILE has a header but no rows; it needs at least one"),
        ("x\n\n\n", "data.path: FILE has a header but no rows; it needs at least one"),
        ("y,z\n1,2\n", "data.column: FILE has no column 'x'; it has: y, z"),
        ("x,x\n1,2\n", "data.column: FILE has 2 columns 'x'; it may have one"),
        ("x\n1\none\n", "data.path: FILE line 3 holds 'one'; every value must be a finite number"),
        ("x\nnan\n", "data.path: FILE line 2 holds 'nan'; "),
        ("x\ninf\n", "data.path: FILE line 2 holds 'inf'; "),
        ("x\n1e999\n", "data.path: FILE line 2 holds '1e999'; "),
        ("x\n1_000\n", "data.path: FILE line 2 holds '1_000'; "),
        ('x\n"1,000"\n', "data.path: FILE line 2 holds '1,000'; "),
        ("x\n1\n1,000\n", "data.path: FILE line 3 has 2 fields and the header 1; allowed: as many"),
        ("x\n1\n1,\n", "data.path: FILE line 3 has 2 fields and the header 1; allowed: as many"),
        ("x\n1\n1,,\n", "data.path: FILE line 3 has 3 fields and the header 1; allowed: as many"),
        ("y,x,\n1,2,,\n", "data.path: FILE line 2 has 4 fields and the header 2; allowed: as many"),
        ('x,y\n1,"a\nb"\nthree,"c\nd"\n', "data.path: FILE line 4 holds 'three'; "),
        ("x,\n1,2\n", "data.path: FILE line 2 has 2 fields and the header 1; allowed: as many"),
        ("x,y\n1,2\n3\n", "data.path: FILE line 3 has 1 fields and the header 2; allowed: as many"),
        ("y,x\n1,\n", "data.path: FILE line 2 holds ''; "),
        ("x\n1.5\n\n-3\n4.75\n", "data.path: FILE line 3 is empty; every line to the last must hold a value"),
        ("x\n\n1\n", "data.path: FILE line 2 is empty; "),
        ('x\n1\n""\n', "data.path: FILE line 3 holds ''; "),
        ('x\n1\n"2\n3\n', "data.path: FILE line 3 is no CSV: unexpected end of data"),
        ('x\n1\n"2"3\n', "data.path: FILE line 3 is no CSV: ',' expected after '\"'"),
        (f"x\n{'1' * 200_000}\n", "data.path: FILE line 2 is no CSV: field larger than field limit (131072)"),
        (f"x\n{'a' * 9000}\n", f"data.path: FILE line 2 holds '{'a' * 200}...'; "),
    ],
)
def test_what_is_wrong_is_said_with_its_line(file: Path, text: str, message: str) -> None:
    file.write_text(text)
    assert refusal(file).startswith(message)


@pytest.mark.parametrize(
    ("text", "keys", "advice"),
    [
        ("x\n1,00\n", {}, "data.separator=semicolon data.decimal=comma its first value is 1.0"),
        ("y\tx\n1\t2\n", {}, "data.separator=tab its first value is 2.0"),
        ("y x\n1 2\n", {}, "data.separator=space its first value is 2.0"),
        ("y;x\n1;2,5\n", {"decimal": "comma"}, "data.separator=semicolon its first value is 2.5"),
        ("a,b\nmade;by\nx;y\n1;2\n", {}, "data.header=3 data.separator=semicolon its first value is 1.0"),
        ("x\n1.5\n", {"header": 2}, "data.header=1 its first value is 1.5"),
        ("x\n1.5\n", {"header": 7}, "data.header=1 its first value is 1.5"),
        ("7\n1.5\n", {"column": "1"}, "data.header=none its first value is 7.0"),
        ("1;7\n2;8\n", {"header": None, "column": 2}, "data.separator=semicolon its first value is 7.0"),
    ],
)
def test_the_dialect_that_would_fit_is_named_and_does(file: Path, text: str, keys: dict[str, Any], advice: str) -> None:
    file.write_text(text)
    assert refusal(file, **keys).endswith(f"; with {advice}")
    named = dict(word.removeprefix("data.").split("=") for word in advice.split(" its ")[0].split())
    header = {"header": int(named["header"])} if named.get("header", "none") != "none" else {}
    assert load(file, **(keys | named | header))[0] == float(advice.split()[-1])


@pytest.mark.parametrize(
    ("text", "keys", "advice"),
    [
        ("x;y\n1.000,5;2\n", {}, "no column 'x'; it has: x;y; with data.separator=semicolon it has a column 'x'"),
        ("made\nx\tn\nNA\t2\n", {}, "it has: made; with data.header=2 data.separator=tab it has a column 'x'"),
        ("1\n2\n3", {}, "it has: 1; with data.header=none data.column=1 its first value is 1.0"),
        (
            "1\n2\n3",
            {"column": 1},
            "FILE line 1 holds numbers alone, where data.header=1 looks for names; if they are names, give them "
            "letters in the file; with data.header=none its first value is 1.0",
        ),
        ("0,1\n3,4\n", {"column": 2, "header": 1}, "it has: 0, 1; with data.header=none its first value is 1.0"),
    ],
)
def test_what_a_file_lacks_is_told_with_what_it_has(file: Path, text: str, keys: dict[str, Any], advice: str) -> None:
    file.write_text(text)
    assert refusal(file, **keys).endswith(advice)


@pytest.mark.parametrize(
    "text", ["x\n1\nNA\n", "x\n1\n1,000\n", "x\n1\n\n2\n", "x\n1.234,5\n6.7\n", "x\n" + "1\n" * 500 + "NA\n"]
)
def test_no_dialect_is_named_where_none_would_fit(file: Path, text: str) -> None:
    file.write_text(text)
    assert "; with " not in refusal(file)


def test_what_comes_behind_the_rows_asked_for_is_not_read(file: Path) -> None:
    file.write_text("x\n1\n2\nthree\n")
    assert load(file, 2) == [1.0, 2.0]
    assert "line 4 holds 'three'" in refusal(file, 3)


def test_more_rows_than_there_are(file: Path) -> None:
    file.write_text("x\n1\n")
    assert refusal(file, 2) == "dataset_size=2 is not allowed; allowed: 1 to the 1 rows of FILE, or null for all"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"path": None}, "data.path is not given; data=csv needs it: data.path=FILE data.column=NAME"),
        ({"column": None}, "data.column is not given; data=csv needs it: data.path=FILE data.column=NAME"),
        (
            {"separator": "comma "},
            "data.separator='comma ' is not allowed; allowed: comma, semicolon, tab, space, bar, or",
        ),
        ({"separator": '"'}, "data.separator='\"' is not allowed"),
        ({"separator": "."}, "data.separator='.' is not allowed"),
        ({"separator": 1}, "data.separator=1 is not allowed"),
        ({"separator": None}, "data.separator=null is not allowed"),
        ({"separator": [","]}, "data.separator=[','] is not allowed"),
        ({"decimal": "semicolon"}, "data.decimal='semicolon' is not allowed; allowed: point, comma"),
        ({"decimal": {}}, "data.decimal={} is not allowed; allowed: point, comma"),
        ({"header": 0}, "data.header=0 is not allowed; allowed: a whole number >= 1, the line of the names, or none"),
        (
            {"header": 10**30},
            f"data.header={10**30} is not allowed; allowed: 1 to 100000000, the line of the names, or none",
        ),
        ({"header": None, "column": "1" * 5000}, f"data.column='{'1' * 20}...' is not allowed"),
        ({"header": "first"}, "data.header='first' is not allowed"),
        ({"header": []}, "data.header=[] is not allowed"),
        ({"header": None}, "data.column='x' is not allowed; allowed: a whole number >= 1"),
        ({"header": None, "column": 3}, "data.column=3 is not allowed; allowed: 1 to 1, the fields in line 1 of FILE"),
        ({"header": 3}, "data.path: FILE has no line 3, where data.header looks for the names of the columns"),
    ],
)
def test_keys_are_checked(file: Path, keys: dict[str, Any], message: str) -> None:
    file.write_text("1\n2\n")
    assert refusal(file, **keys).startswith(message)
