"""manifest.json as the other files of a run need it: its types, who wrote it, and what it says of the tables."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from bench.errors import BadInput
from bench.spec import Kind
from bench.tables.digests import digests
from bench.tables.schema import SCHEMA

KINDS: Mapping[str, tuple[type, ...]] = {
    "command": (str,),
    "seed": (int, list),  # a list of a merged run
    "data": (dict, type(None)),
    **dict.fromkeys(("config", "versions", "cpu", "threads", "block", "phases", "verdict", "tables"), (dict,)),
}
DIGESTS = {"rows": int, "sha256": str, "row_sums": str, "column_sums": dict}  # of each of the tables
WORDS = {str: "a text", int: "a whole number", list: "a list of them", dict: "an object", type(None): "null"}


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
    versions, kind = record.get("versions"), kind_told(record)
    return Writer(
        f"run the {kind} again: {record.get('command') or f'python -m bench {kind} name={folder.name}'}",
        versions.get("bench") if isinstance(versions, dict) else None,
        str(record.get("schema", SCHEMA)),
    )


def kind_told(record: Mapping[str, Any]) -> str:
    """The kind of a run that a manifest tells; of one that tells none a sweep, as all were."""
    return str(record.get("kind", "sweep"))


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
        if key not in record or not _is_of(record[key], kinds):
            allowed = " or ".join(WORDS[kind] for kind in kinds)
            raise BadInput(f"{path} holds {key}={record.get(key)!r}; allowed: {allowed}; run the sweep again")
    if (kind := kind_told(record)) not in get_args(Kind):
        raise BadInput(f"{path} holds kind={kind!r}; allowed: {', '.join(get_args(Kind))}; run it again")
    for key in ("words", "formulas"):
        if not isinstance(record.get(key, {}), dict):
            raise BadInput(f"{path} holds {key}={record[key]!r}; allowed: an object; run the sweep again")
    for name, digests_of_table in record["tables"].items():
        if not isinstance(digests_of_table, dict) or {k: type(v) for k, v in digests_of_table.items()} != DIGESTS:
            raise BadInput(f"{path} holds other digests of the table {name} than a sweep writes; run the sweep again")
    return record


def _is_of(value: Any, kinds: tuple[type, ...]) -> bool:
    """Whether a value is of one of some types; each item of a list, where that is one of them."""
    if list in kinds and isinstance(value, list):
        return all(isinstance(item, kinds) for item in value)
    return isinstance(value, kinds)


def written(texts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What a manifest says of the tables that a sweep wrote, from the text of each."""
    return {"tables": {name: asdict(digests(text)) for name, text in texts.items()}}
