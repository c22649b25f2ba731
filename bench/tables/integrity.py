"""Whether the tables of a run hold the rows that its sweep wrote; a row that is lost is named, where others tell."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.errors import BadInput
from bench.tables import manifest, shape
from bench.tables.contents import TABLES, tables_in
from bench.tables.schema import Table
from bench.tables.shape import Fields

Axes = Mapping[str, Mapping[float, object]]


def read(folder: Path, names: Iterable[str] = TABLES) -> dict[str, list[Fields]]:
    """The rows of the tables of a run; BadInput where one is of another schema, is cut, or has a row twice."""
    writer = manifest.writer(folder)
    return {name: shape.read(TABLES[name], folder / f"{name}.csv", writer) for name in tables_in(folder, names)}


def check(folder: Path, names: Iterable[str] = TABLES) -> tuple[dict[str, list[Fields]], dict[str, Any]]:
    """The tables and the manifest; BadInput besides where a table has other rows than the sweep wrote."""
    tables, record = read(folder, names), manifest.read(folder)
    again = manifest.writer(folder).again
    if lost := [name for name in names if name in record["rows"] and name not in tables]:
        raise BadInput(f"{folder / lost[0]}.csv is missing, which manifest.json counts; {again}")
    try:
        axes = _axes(record["config"])
        for name in tables:
            if fault := next(_faults(TABLES[name], tables, axes, record), None):
                raise BadInput(f"{folder / name}.csv {fault}; {again}")
    except (TypeError, ValueError) as error:
        raise BadInput(f"cannot read the grid of {folder}: {error}; {again}") from error
    return tables, record


def _axes(config: Mapping[str, Any]) -> Axes:
    """The values of the axes of numbers, as numbers and as the configuration has them; lists of values are in theta."""
    columns = dict.fromkeys(column for table in TABLES.values() for column in table.keys if column not in table.text)
    return {
        column: {float(value): value for value in config[column] if not isinstance(value, list | None)}
        for column in columns
        if column in config
    }


def _faults(table: Table, tables: Mapping[str, list[Fields]], axes: Axes, record: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a table whose rows are not as many, or have not the keys, that the sweep wrote."""
    rows, count = tables[table.name], record["rows"].get(table.name, 0)
    digest = record["keys_sha256"].get(table.name)
    if len(rows) == count and digest == manifest.keys_sha256(table.name, rows):
        return
    yield from _lost_values(table, rows, axes)
    there = set(map(table.key, rows))
    for row, source, witness in table.expected(tables):
        if (key := table.key(row)) not in there:
            reason = f"{source}.csv has a row of {TABLES[source].row_title(TABLES[source].key(witness))}"
            yield f"lacks the row of {table.row_title(key)}: {reason}"
    # Rows missing from all tables at once look like a smaller sweep; only the manifest shows it.
    yield f"has {len(rows)} rows; the sweep wrote {count}" if len(rows) != count else "has other rows than were written"


def _lost_values(table: Table, rows: Iterable[Fields], axes: Axes) -> Iterator[str]:
    """The values of the grid that the configuration names and no row has, unless there is no row at all."""
    for axis, values in axes.items():
        present = {float(row[axis]) for row in rows if row[axis]} if axis in table.keys else set()
        for number, value in values.items() if present else ():
            if number not in present:
                yield f"lacks the rows of {axis}={value}, which manifest.json names"
