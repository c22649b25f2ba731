"""Whether the tables of a run are as a sweep left them: of this schema, every row there, and none of them twice.

Rows are text here, as the files hold them: a key is compared as it was written.
"""

import csv
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import __version__
from bench.errors import BadInput
from bench.spec import REFERENCE
from bench.tables.schema import COLUMNS, KEYS, SCHEMA, TEXT

Row = dict[str, str]
Tables = Mapping[str, list[Row]]

GRID_FACETS = ("objective", "variant", "latent", "data", "sampler")  # each combination has a whole grid
GRID = ("estimator", "parameter", "mu", "sigma", "dataset_size", "samples")
MANIFEST: Mapping[str, tuple[type, ...]] = {
    "command": (str,),
    "seed": (int,),
    "data": (dict, type(None)),
    **dict.fromkeys(("config", "versions", "cpu", "threads", "block", "phases", "verdict", "rows"), (dict,)),
}
WORDS = {str: "a text", int: "a whole number", dict: "an object", type(None): "null"}
TIMED = ("objective", "variant", "latent", "sampler", "dataset_size", "samples", "dimension")


def read(folder: Path, names: Iterable[str] = COLUMNS) -> dict[str, list[Row]]:
    """The rows of the tables of a run; BadInput where one is of another schema, is cut, or has a row twice."""
    try:
        found = json.loads((folder / "manifest.json").read_text())
    except (OSError, ValueError):
        found = None
    record = found if isinstance(found, dict) else {}
    return {name: _table(folder / f"{name}.csv", record, _again(folder, record)) for name in names}


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run; BadInput where it lacks what a sweep writes, or holds something else there."""
    path = folder / "manifest.json"
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise BadInput(f"cannot read {path}: {error}; run the sweep again") from error
    if not isinstance(found, dict):
        raise BadInput(f"{path} holds no object; run the sweep again")
    for key, kinds in MANIFEST.items():
        if key not in found or not isinstance(found[key], kinds):
            allowed = " or ".join(WORDS[kind] for kind in kinds)
            raise BadInput(f"{path} holds {key}={found.get(key)!r}; allowed: {allowed}; run the sweep again")
    return found


def counted(folder: Path, names: Iterable[str] = COLUMNS) -> tuple[dict[str, list[Row]], dict[str, Any]]:
    """The tables and the manifest; BadInput besides where a table has not as many rows as the sweep wrote."""
    tables, record = read(folder, names), manifest(folder)
    _count(folder, tables, record)
    return tables, record


def check(folder: Path, names: Iterable[str] = COLUMNS) -> dict[str, Any]:
    """The manifest; BadInput besides where a table lacks what the others, or the manifest, name."""
    tables, record = read(folder, names), manifest(folder)
    again = _again(folder, record)
    try:
        for name, what in _lost(tables, record["config"]):
            raise BadInput(f"{folder / name}.csv {what}; {again}")
    except (TypeError, ValueError) as error:
        raise BadInput(f"cannot read the grid of {folder}: {error}; {again}") from error
    _count(folder, tables, record)
    return record


def row_title(name: str, key: Iterable[str]) -> str:
    """The key of a row to be read: squared_error shared mu sigma=3."""
    pairs = zip(KEYS[name], key, strict=True)
    return " ".join(value if column in TEXT else f"{column}={value}" for column, value in pairs if value)


def _again(folder: Path, record: Mapping[str, Any]) -> str:
    """How to make a run again."""
    return f"run the sweep again: {record.get('command') or f'python -m bench sweep name={folder.name}'}"


def _count(folder: Path, tables: Tables, record: Mapping[str, Any]) -> None:
    """What is gone from every table alike leaves a whole sweep, though a smaller one."""
    for name, rows in tables.items():
        if len(rows) != (written := record["rows"].get(name)):
            again = _again(folder, record)
            raise BadInput(f"{folder / name}.csv has {len(rows)} rows; the sweep wrote {written}; {again}")


def _table(path: Path, record: Mapping[str, Any], again: str) -> list[Row]:
    """The rows of one table, each with a field for every column."""
    try:
        with open(path, newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header, rows = reader.fieldnames or (), list(reader)
    except (OSError, ValueError, csv.Error) as error:
        raise BadInput(f"cannot read {path}: {error}; {again}") from error
    found = {row["schema"] for row in rows} if "schema" in header else {"unknown"} if header else set()
    found = found or {str(record.get("schema", SCHEMA))}  # no row tells
    if other := found - {SCHEMA}:
        raise BadInput(_other(path, min(map(str, other)), record, again))
    if missing := set(COLUMNS[path.stem]) - set(header):
        raise BadInput(f"{path} has no column {min(missing)!r}; {again}")
    seen = set()
    for line, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise BadInput(f"{path}: line {line} has not as many fields as columns; {again}")
        if (key := tuple(row[column] for column in KEYS[path.stem])) in seen:
            raise BadInput(f"{path}: line {line} repeats the row of {row_title(path.stem, key)}; {again}")
        seen.add(key)
    return rows


def _other(path: Path, schema: str, record: Mapping[str, Any], again: str) -> str:
    """Which version wrote a table of another schema, and how to draw it."""
    versions = record.get("versions")
    version = versions.get("bench") if isinstance(versions, dict) else None
    writer = f"mcgrad-bench {version}" if version else "a version that its manifest.json does not tell"
    age = ("older" if int(schema) < int(SCHEMA) else "newer") if schema.isdecimal() else "other"
    return (
        f"{path} is of schema {schema}, {age} than the {SCHEMA} of this version ({__version__}): written by {writer}; "
        f"install {f'mcgrad-bench {version}' if version else 'the version that wrote it'} to redraw it, or {again}"
    )


def _lost(tables: Tables, config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(table, what is wrong with its rows)."""
    statistics = tables["statistics"]
    for axis in ("mu", "sigma", "dataset_size", "samples"):
        values = {float(row[axis]) for row in statistics if row[axis]}
        for value in config.get(axis, ()) if values else ():
            if value is not None and float(value) not in values:
                yield "statistics", f"lacks the rows of {axis}={value}, which manifest.json names"
    needed = {"statistics": _grid, "ratios": _ratios, "timings": _timings, "efficiency": _efficiency}
    for name, rows in tables.items():
        if name in ("timings", "efficiency") and not (tables["timings"] or config.get("rounds")):
            continue  # nothing was to be timed
        wanted, there = dict.fromkeys(_keys(name, needed[name](tables))), dict.fromkeys(_keys(name, rows))
        for key in (key for key in wanted if key not in there):
            yield name, f"lacks the row of {row_title(name, key)}"
        for key in (key for key in there if key not in wanted):
            yield name, f"has a row of {row_title(name, key)}, which no row of the other tables explains"


def _keys(name: str, rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    return (tuple(row[column] for column in KEYS[name]) for row in rows)


def _grouped(rows: Iterable[Row], columns: Sequence[str]) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    return groups


def _grid(tables: Tables) -> Iterator[Row]:
    """Every point of the grid that the rows of the same facets span."""
    for rows in _grouped(tables["statistics"], GRID_FACETS).values():
        there = _grouped(rows, GRID)
        for point in itertools.product(*(dict.fromkeys(row[column] for row in rows) for column in GRID)):
            found = there.get(point, [rows[0] | dict(zip(GRID, point, strict=True)) | {"dimension": ""}])
            yield found[0]


def _ratios(tables: Tables) -> Iterator[Row]:
    """Every other estimator over pathwise."""
    if any(row["estimator"] == REFERENCE for row in tables["statistics"]):
        for row in tables["statistics"]:
            if row["estimator"] != REFERENCE:
                yield {**row, "numerator": row["estimator"], "denominator": REFERENCE}


def _timings(tables: Tables) -> Iterator[Row]:
    """Every estimator that sampled, in each evaluation that its objective has."""
    kinds = _grouped(tables["timings"], TIMED[:3])
    for rows in _grouped(tables["statistics"], (*TIMED, "estimator")).values():
        if not any(row["status"].startswith("skipped") for row in rows):
            evaluations = dict.fromkeys(
                row["evaluation"] for row in kinds.get(tuple(rows[0][c] for c in TIMED[:3]), ())
            )
            yield from ({**rows[0], "evaluation": evaluation} for evaluation in evaluations or [""])


def _efficiency(tables: Tables) -> Iterator[Row]:
    """Every ratio that was measured, with every time that has a ratio."""
    times = _grouped((row for row in tables["timings"] if row["time_ratio"]), (*TIMED, "estimator"))
    for row in tables["ratios"]:
        if not row["status"].startswith("skipped"):
            for timed in times.get((*(row[column] for column in TIMED), row["numerator"]), ()):
                yield {**row, "evaluation": timed["evaluation"]}
