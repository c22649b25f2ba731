"""One numeric column of a CSV file, also gzipped: data=csv data.path=FILE data.column=NAME.

How it is written: data.separator=comma, semicolon, tab, space, bar or another character; data.decimal=point or comma;
data.header=LINE, the line with the names of the columns, or none: data.column is then a number, 1 for the first column.
"""

import csv
import itertools
import math
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.config.checks import bad, text, whole
from bench.errors import BadInput
from bench.spec import MOST_DATA, Dataset, Floats
from bench.textfile import lines

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "bar": "|"}
DECIMALS = {"point": ".", "comma": ","}
LOOK = 100  # lines at the beginning in which another dialect is looked for
PLAIN_DECIMAL = r"\d,(?!\d{3}(?!\d))\d"  # a comma that cannot part thousands: 1,000 may be either
LONGEST = 200  # characters of a file that a message quotes


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written."""

    separator: str = "comma"
    decimal: str = "point"
    header: int | None = 1  # the line with the names


PLAIN = Dialect()


def read(path: str, column: str, dataset_size: int | None, dialect: Dialect = PLAIN) -> Floats:
    """The first dataset_size values of a column (None: all). BadInput names the line, and a dialect that would fit."""
    try:
        column_values = _values(_column(lines("data.path", path), path, column, dialect), path, dialect)
        values = array("d", itertools.islice(column_values, dataset_size or MOST_DATA + 1))
    except BadInput as error:
        raise BadInput(f"{error}{_advice(path, column, dialect)}") from error
    if len(values) > MOST_DATA:
        raise BadInput(f"data.path: {path!r} has over {MOST_DATA} rows; give a dataset_size of up to {MOST_DATA}")
    if dataset_size is not None and dataset_size > len(values):
        raise bad("dataset_size", dataset_size, f"1 to the {len(values)} rows of {path!r}, or null for all")
    return np.array(values)


@dataclass(frozen=True, slots=True)
class Column:
    """Where the values of a column are, in rows with the numbers of their lines."""

    rows: Iterable[tuple[int, list[str]]]
    index: int
    width: int
    ended: bool  # whether rows may end with a separator


def _column(content: Iterable[str], path: str, column: str, dialect: Dialect) -> Column:
    """A column of a file, from its first row; BadInput where there is none."""
    rows = _rows(iter(content), path, dialect)
    first = next(rows, None)
    if first is None:
        raise BadInput(f"data.path: {path!r} {_too_short(dialect)}")
    return Column(rows if dialect.header else itertools.chain([first], rows), *_place(first[1], path, column, dialect))


def _values(column: Column, path: str, dialect: Dialect) -> Iterator[float]:
    """The values of a column. Only the end of the file may have empty lines, and rows a separator behind them."""
    empty, filled, width = 0, False, column.width
    for line, row in column.rows:
        if not row:
            empty = empty or line
            continue
        if empty:
            raise BadInput(f"data.path: {path!r} line {empty} is empty; every line to the last must hold a value")
        if len(row) != width and not (column.ended and len(row) == width + 1 and not row[-1]):
            beside = "the header" if dialect.header else "line 1"
            raise BadInput(
                f"data.path: {path!r} line {line} has {len(row)} fields and {beside} {width}; allowed: as many"
            )
        yield _number(row[column.index], path, line, dialect)
        filled = True
    if not filled:
        raise BadInput(f"data.path: {path!r} has a header but no rows; it needs at least one")


def _too_short(dialect: Dialect) -> str:
    if (dialect.header or 1) > 1:
        return f"has no line {dialect.header}, where data.header looks for the names of the columns"
    return f"is empty; it needs {'a header and ' if dialect.header else ''}at least one row"


def _rows(content: Iterator[str], path: str, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """The rows from the header on, each with the number of its first line."""
    above = sum(1 for _ in itertools.islice(content, (dialect.header or 1) - 1))
    separator = SEPARATORS.get(dialect.separator, dialect.separator)
    rows, line = csv.reader(content, delimiter=separator, skipinitialspace=True, strict=True), above + 1
    try:
        for row in rows:
            yield line, row
            line = above + rows.line_num + 1
    except csv.Error as error:
        raise BadInput(f"data.path: {path!r} line {line} is no CSV: {error}") from error


def _place(first: list[str], path: str, column: str, dialect: Dialect) -> tuple[int, int, bool]:
    """Where the column is in the first row, how many there are, and whether rows may end with a separator."""
    names = [name.strip() for name in first]
    ended = len(names) > 1 and not names[-1]
    width = len(names) - ended
    ended = ended or dialect.separator in ("space", SEPARATORS["space"])
    if dialect.header is None:
        if not 1 <= int(column) <= width:
            raise bad("data.column", int(column), f"1 to {width}, the fields in line 1 of {path!r}")
        return int(column) - 1, width, ended
    if column not in names:
        raise BadInput(f"data.column: {path!r} has no column {column!r}; it has: {_cut(', '.join(names))}")
    if names.count(column) > 1:
        raise BadInput(f"data.column: {path!r} has {names.count(column)} columns {column!r}; it may have one")
    if _is_number(column) and int(column) <= width and all(_value(name, dialect) is not None for name in names[:width]):
        raise BadInput(
            f"data.path: {path!r} line {dialect.header} holds numbers alone, where data.header={dialect.header} looks "
            "for names; if they are names, give them letters in the file"
        )
    return names.index(column), width, ended


def _number(field: str, path: str, line: int, dialect: Dialect) -> float:
    if (value := _value(field, dialect)) is None:
        raise BadInput(f"data.path: {path!r} line {line} holds {_cut(field)!r}; every value must be a finite number")
    return value


def _value(field: str, dialect: Dialect) -> float | None:
    """A finite number in which nothing parts the thousands; Python alone would read 1_000."""
    sign = DECIMALS.get(dialect.decimal, dialect.decimal)
    parted = set(field) & set("_.,") - {sign}
    try:
        value = math.nan if parted else float(field.replace(sign, "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}..."


def _advice(path: str, column: str, dialect: Dialect) -> str:
    """The keys with which the beginning of a file can be read, and its first value then, or has the column at least."""
    beginning = list(itertools.islice(lines("data.path", path), LOOK))
    headers = [*range(1, len(beginning) + 1), None] if dialect.header else []
    decimals = DECIMALS if re.search(PLAIN_DECIMAL, "".join(beginning)) else ()
    keys = {"header": headers, "separator": SEPARATORS, "decimal": decimals}
    present = {key: getattr(dialect, key) for key in keys} | {"column": column}
    named: str | None = None
    for chosen in itertools.product(*(dict.fromkeys([present[key], *others]) for key, others in keys.items())):
        other = dict(zip(keys, chosen, strict=True))
        name = column if other["header"] or _is_number(column) else "1"  # without a header columns have numbers
        new = {key: value for key, value in {**other, "column": name}.items() if value != present[key]}
        words = " ".join(f"data.{key}={'none' if value is None else value}" for key, value in new.items())
        try:
            place = _column(beginning, path, name, Dialect(**other))
        except BadInput:
            continue
        try:
            value, *_ = _values(place, path, Dialect(**other))
        except BadInput:
            if named is None and other["header"]:
                named = f"; with {words} it has a column {column!r}" if words else ""
        else:
            return f"; with {words} its first value is {value}" if words else ""
    return named or ""


def load(dataset_size: int | None, path: str, column: Any, separator: Any, decimal: Any, header: Any) -> Floats:
    """The first dataset_size rows of the user's file."""
    for key, value in (("data.path", path), ("data.column", column)):
        if value is None:
            raise BadInput(f"{key} is not given; data=csv needs it: data.path=FILE data.column=NAME")
    line = None if header in (None, "none") else whole("data.header", header, also=", the line of the names, or none")
    if line and line > MOST_DATA:
        raise bad("data.header", line, f"1 to {MOST_DATA}, the line of the names, or none")
    if not isinstance(separator, str) or not (separator in SEPARATORS or _parts(separator)):
        raise bad("data.separator", separator, f"{', '.join(SEPARATORS)}, or another character that is in no number")
    if decimal not in (*DECIMALS, *DECIMALS.values()):
        raise bad("data.decimal", decimal, ", ".join(DECIMALS))
    name = text("data.column", column).strip()
    if not line and not _is_number(name):
        raise bad("data.column", column, "a whole number >= 1, for with data.header=none columns have no names")
    return read(text("data.path", path), name, dataset_size, Dialect(separator, decimal, line))


def _is_number(column: str) -> bool:
    """Whether a column is named by its number."""
    return column.isdecimal() and len(column) <= len(str(MOST_DATA))


def _parts(separator: str) -> bool:
    """Whether a character can stand between two numbers."""
    return len(separator) == 1 and not separator.isalnum() and separator not in '"\r\n\0.+-_'


PLUGIN = Dataset(
    name="csv",
    load=load,
    parameters={"path": None, "column": None, "separator": "comma", "decimal": "point", "header": 1},
)
