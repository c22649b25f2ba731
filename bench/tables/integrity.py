"""Whether the tables of a run are those that its sweep wrote: a row that is lost, or was changed, is named."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.errors import BadInput
from bench.tables import manifest, shape
from bench.tables.contents import TABLES, tables_in
from bench.tables.digests import Digests, digests
from bench.tables.schema import Table
from bench.tables.shape import Fields

Axes = Mapping[str, Mapping[float, object]]


def read(folder: Path, names: Iterable[str] = TABLES) -> dict[str, list[Fields]]:
    """The rows of the tables of a run; BadInput where one is of another schema, is cut, or has a row twice."""
    writer = manifest.writer(folder)
    return {name: shape.read(TABLES[name], folder / f"{name}.csv", writer) for name in tables_in(folder, names)}


def check(folder: Path, names: Iterable[str] = TABLES) -> tuple[dict[str, list[Fields]], dict[str, Any]]:
    """The tables and the manifest; BadInput besides where a table has another row or byte than the sweep wrote."""
    tables, record = read(folder, names), manifest.read(folder)
    again = manifest.writer(folder).again
    if lost := [name for name in names if name in record["tables"] and name not in tables]:
        raise BadInput(f"{folder / lost[0]}.csv is missing, which manifest.json names; {again}")
    try:
        axes = _axes(record["config"])
        for name in tables:
            if fault := next(_faults(folder, TABLES[name], tables, axes, record), None):
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
        if column in config and not (config.get("at") and column in ("mu", "sigma"))  # those come from a fit
    }


def _faults(
    folder: Path, table: Table, tables: Mapping[str, list[Fields]], axes: Axes, record: Mapping[str, Any]
) -> Iterator[str]:
    """What is wrong with a table whose bytes are not those that the sweep wrote: first what the other tables tell."""
    if table.name not in record["tables"]:
        yield "is no table of this run: manifest.json does not name it"
        return
    written, content = Digests(**record["tables"][table.name]), (folder / f"{table.name}.csv").read_bytes()
    if hashlib.sha256(content).hexdigest() == written.sha256:
        return
    rows = tables[table.name]
    yield from _lost_values(table, rows, axes)
    there = set(map(table.key, rows))
    for row, source, witness in table.expected(tables):
        if (key := table.key(row)) not in there:
            reason = f"{source}.csv has a row of {TABLES[source].row_title(TABLES[source].key(witness))}"
            yield f"lacks the row of {table.row_title(key)}: {reason}"
    if len(rows) != written.rows:  # rows missing from all tables at once look like a smaller sweep
        yield f"has {len(rows)} rows; the {manifest.kind_told(record)} wrote {written.rows}"
    yield f"was changed after the run: {_change(table, rows, written, digests(content.decode()))}"


def _change(table: Table, rows: Sequence[Fields], written: Digests, now: Digests) -> str:
    """Which rows and columns of a table are not as they were written."""
    if written.reordered(now):
        return "its rows are in another order"
    changed, columns = written.changed_rows(now), ", ".join(written.changed_columns(now))
    if not changed:
        return f"in {columns}" if columns else "its fields are the same, its bytes are not"
    first = f"line {changed[0] + 2}, the row of {table.row_title(table.key(rows[changed[0]]))}"
    return f"{first}, in {columns}" if len(changed) == 1 else f"{first}, and {len(changed) - 1} more, in {columns}"


def _lost_values(table: Table, rows: Iterable[Fields], axes: Axes) -> Iterator[str]:
    """The values of the grid that the configuration names and no row has, unless there is no row at all."""
    for axis, values in axes.items():
        present = {float(row[axis]) for row in rows if row[axis]} if axis in table.keys else set()
        for number, value in values.items() if present else ():
            if number not in present:
                yield f"lacks the rows of {axis}={value}, which manifest.json names"
