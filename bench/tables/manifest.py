"""manifest.json as the other files of a run need it: its types, who wrote it, and what it says of the tables."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.errors import BadInput
from bench.tables.contents import TABLES
from bench.tables.csv import field
from bench.tables.schema import SCHEMA, Row

KINDS: Mapping[str, tuple[type, ...]] = {
    "command": (str,),
    "seed": (int,),
    "data": (dict, type(None)),
    **dict.fromkeys(("config", "versions", "cpu", "threads", "block", "phases", "verdict"), (dict,)),
    **dict.fromkeys(("rows", "keys_sha256"), (dict,)),
}
WORDS = {str: "a text", int: "a whole number", dict: "an object", type(None): "null"}


@dataclass(frozen=True, slots=True)
class Writer:
    """What wrote a run, as far as its manifest tells: it may be missing or damaged."""

    again: str  # how to make the run again
    version: str | None
    schema: str


def writer(folder: Path) -> Writer:
    """What wrote the run in a folder."""
    try:
        content = json.loads((folder / "manifest.json").read_text())
    except (OSError, ValueError):
        content = None
    record = content if isinstance(content, dict) else {}
    versions = record.get("versions")
    return Writer(
        f"run the sweep again: {record.get('command') or f'python -m bench sweep name={folder.name}'}",
        versions.get("bench") if isinstance(versions, dict) else None,
        str(record.get("schema", SCHEMA)),
    )


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a run; BadInput where it lacks what a sweep writes, or holds something else there."""
    path = folder / "manifest.json"
    try:
        record = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise BadInput(f"cannot read {path}: {error}; run the sweep again") from error
    if not isinstance(record, dict):
        raise BadInput(f"{path} holds no object; run the sweep again")
    for key, kinds in KINDS.items():
        if key not in record or not isinstance(record[key], kinds):
            allowed = " or ".join(WORDS[kind] for kind in kinds)
            raise BadInput(f"{path} holds {key}={record.get(key)!r}; allowed: {allowed}; run the sweep again")
    return record


def written(tables: Mapping[str, Iterable[Row]]) -> dict[str, dict[str, Any]]:
    """What a manifest says of the tables that a sweep wrote: how many rows each has, and the digest of their keys."""
    rows = {name: list(content) for name, content in tables.items()}
    return {
        "rows": {name: len(content) for name, content in rows.items()},
        "keys_sha256": {name: keys_sha256(name, content) for name, content in rows.items()},
    }


def keys_sha256(name: str, rows: Iterable[Row]) -> str:
    """The SHA-256 of the keys of a table's rows, as the file holds them, in sorted order."""
    keys = sorted([*map(field, TABLES[name].key(row))] for row in rows)
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()
