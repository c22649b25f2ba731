"""Rows to CSV and back: floats in their shortest form that reads back the same, missing numbers empty."""

import csv
import io
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.errors import BadInput
from bench.tables.contents import TABLES, tables_in
from bench.tables.schema import SCHEMA, Row


def to_csv(name: str, rows: Iterable[Row]) -> str:
    """The CSV text of a table. A row must have the table's columns, no more and no less, but for the schema."""
    columns = TABLES[name].columns
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        if row.keys() ^ set(columns[1:]):
            raise ValueError(f"{name}: a row lacks or adds {sorted(row.keys() ^ set(columns[1:]))}")
        writer.writerow([SCHEMA, *(field(row[column]) for column in columns[1:])])
    return file.getvalue()


def field(value: Any) -> str:
    """A value as the file holds it."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return repr(float(value)) if isinstance(value, float) else str(value)


def read(folder: Path) -> dict[str, Any]:
    """The tables of a run as pandas frames, by name. BadInput where one is missing that is not optional."""
    import pandas as pd

    frames = {}
    for name in tables_in(folder):
        path, table = folder / f"{name}.csv", TABLES[name]
        numbers = [column for column in table.columns if column not in table.text]
        try:
            missing = {column: [""] for column in numbers}
            frame = pd.read_csv(path, dtype=dict.fromkeys(table.text, str), keep_default_na=False, na_values=missing)
            if tuple(frame.columns) != table.columns or set(frame["schema"]) - {SCHEMA}:
                raise BadInput(f"{path} is not of schema {SCHEMA}; run the sweep again, or report with its own version")
            frame[numbers].apply(pd.to_numeric)  # raises where there is text
            frames[name] = frame.astype(dict.fromkeys(numbers, float)) if frame.empty else frame
        except (OSError, ValueError) as error:
            raise BadInput(f"cannot read {path}: {error}; run the sweep again") from error
    return frames
