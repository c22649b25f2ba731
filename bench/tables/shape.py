"""The shape of one CSV file: of this schema, with its columns, a field for each of them, and no key twice.

Rows are text here, as the file holds them: a key is compared as it was written.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

from bench import __version__
from bench.errors import BadInput
from bench.tables.manifest import Writer
from bench.tables.schema import SCHEMA, Table

Fields = dict[str, str]  # of a row, by column


def read(table: Table, path: Path, writer: Writer) -> list[Fields]:
    """The rows of a table; BadInput names the file, the line and what is wrong."""
    try:
        with open(path, newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header, rows = reader.fieldnames or (), list(reader)
    except (OSError, ValueError, csv.Error) as error:
        raise BadInput(f"cannot read {path}: {error}; {writer.again}") from error
    if others := _schemas(header, rows, writer) - {SCHEMA}:
        raise BadInput(_other(path, min(others), writer))
    if missing := set(table.columns) - set(header):
        raise BadInput(f"{path} has no column {min(missing)!r}; {writer.again}")
    numbers = [column for column in table.columns if column not in table.text]
    seen = set()
    for line, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise BadInput(f"{path}: line {line} has not as many fields as columns; {writer.again}")
        if wrong := next((column for column in numbers if not _is_number(row[column])), None):
            raise BadInput(f"{path}: line {line} holds, in {wrong}, {row[wrong]!r}, which is no number; {writer.again}")
        if (key := table.key(row)) in seen:
            raise BadInput(f"{path}: line {line} repeats the row of {table.row_title(key)}; {writer.again}")
        seen.add(key)
    return rows


def _is_number(field: str) -> bool:
    """Whether a field holds a number, or nothing."""
    try:
        float(field or "nan")
    except ValueError:
        return False
    return True


def _schemas(header: Sequence[str], rows: Sequence[Fields], writer: Writer) -> set[str]:
    """The schemas that the rows name; the manifest's where there is no row to name one."""
    if header and "schema" not in header:
        return {"unknown"}
    return {str(row["schema"]) for row in rows} or {writer.schema}


def _other(path: Path, schema: str, writer: Writer) -> str:
    """Which version wrote a table of another schema, and how to draw it."""
    version = f"mcgrad-bench {writer.version}" if writer.version else None
    age = ("older" if int(schema) < int(SCHEMA) else "newer") if schema.isdecimal() else "other"
    return (
        f"{path} is of schema {schema}, {age} than the {SCHEMA} of this version ({__version__}): "
        f"written by {version or 'a version that its manifest.json does not tell'}; "
        f"install {version or 'the version that wrote it'} to redraw it, or {writer.again}"
    )
