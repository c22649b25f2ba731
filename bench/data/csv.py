"""One numeric column of any CSV file with a header: data=csv data.path=FILE data.column=NAME."""

import csv
import math

import numpy as np

from bench.config.checks import bad, text
from bench.errors import BadInput
from bench.spec import Dataset, Floats


def read(path: str, column: str, dataset_size: int | None) -> Floats:
    """The first dataset_size values of a column (None: all). BadInput names the row that is no finite number."""
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = csv.reader(file)
            header = next(rows, None)
            if header is None:
                raise BadInput(f"data.path: {path!r} is empty; it needs a header and at least one row")
            if column not in header:
                raise BadInput(f"data.column: {path!r} has no column {column!r}; it has: {', '.join(header)}")
            if header.count(column) > 1:
                raise BadInput(f"data.column: {path!r} has {header.count(column)} columns {column!r}; it may have one")
            index = header.index(column)
            values = [_number(row, index, path, rows.line_num) for row in rows if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"data.path: cannot read {path!r}: {reason}; give a readable CSV file") from error
    if not values:
        raise BadInput(f"data.path: {path!r} has a header but no rows; it needs at least one")
    if dataset_size is not None and dataset_size > len(values):
        raise bad("dataset_size", dataset_size, f"1 to the {len(values)} rows of {path!r}, or null for all")
    return np.array(values[:dataset_size])


def _number(row: list[str], index: int, path: str, line: int) -> float:
    text = row[index] if index < len(row) else ""
    try:
        value = float(text) if "_" not in text else math.nan  # Python alone reads 1_000 as a number
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadInput(f"data.path: {path!r} line {line} holds {text!r}; every value must be a finite number")
    return value


def load(dataset_size: int | None, path: str, column: str) -> Floats:
    """The first dataset_size rows of the user's file."""
    for key, value in (("data.path", path), ("data.column", column)):
        if value is None:
            raise BadInput(f"{key} is not given; data=csv needs it: data.path=FILE data.column=NAME")
    return read(text("data.path", path), text("data.column", column), dataset_size)


PLUGIN = Dataset(name="csv", load=load, parameters={"path": None, "column": None})
