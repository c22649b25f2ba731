"""The sweeps that are merged: read, checked, and in an order that hangs on what is in them, not on where they are.

They are of one contract: the same sources, versions, sizes of blocks, data and files of a user's, all in the manifests.
Runs of one seed share their draws, so no row may be measured in two of them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.config.checks import bad
from bench.errors import BadInput
from bench.tables import integrity
from bench.tables.contents import TABLES
from bench.tables.manifest import kind_told
from bench.tables.ratios import cell_of, to_itself
from bench.tables.run import finished_run, require_agreement

SKIPPED = "skipped"  # how the status of a row begins that holds no number
DECIDES = ("schema", "sources_sha256", "versions", "block")  # what of a manifest decides digits, apart from data

Key = tuple[str, ...]
Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A run to merge: its folder as it was given, its manifest, and its rows by table and key."""

    folder: Path
    manifest: Mapping[str, Any]
    tables: Mapping[str, Mapping[Key, Fields]]

    @property
    def seed(self) -> int:
        """That of its draws."""
        return int(self.manifest["seed"])

    def measured(self, table: str) -> set[Key]:
        """The keys of the rows that hold numbers."""
        return {key for key, row in self.tables[table].items() if not row["status"].startswith(SKIPPED)}

    def references(self) -> dict[Key, str]:
        """What the ratios of each cell are over."""
        rows = self.tables["ratios"].values()
        return {cell_of(row): row["denominator"] for row in rows if not to_itself(row["numerator"], row["denominator"])}


def read(folders: Sequence[str], force: bool) -> list[Source]:
    """The runs in these folders, by seed; BadInput where they cannot be merged, Disagrees where one failed."""
    if len(folders) < 2:
        raise bad("runs", list(folders), "a list of the folders of two or more sweeps")
    sources = sorted((_read(Path(folder), force) for folder in folders), key=_content)
    for first, second in combinations(sources, 2):
        if conflict := next(_conflicts(first, second), None):
            raise BadInput(f"runs: conflicting {conflict}")
    return sources


def _content(source: Source) -> tuple[int, str]:
    return source.seed, json.dumps(source.manifest, sort_keys=True)


def _read(folder: Path, force: bool) -> Source:
    """A run; BadInput where it is no sweep that was measured."""
    folder = folder if folder.name else folder.resolve()  # "." has no name
    finished_run(str(folder.parent), folder.name)
    tables, manifest = integrity.check(folder)
    if (kind := kind_told(manifest)) != "sweep":
        raise BadInput(f"runs: {str(folder)!r} is a {kind}; allowed: sweeps, for curves of fits are not pooled")
    if "merged" in manifest:
        raise BadInput(f"runs: {str(folder)!r} is a merged run; allowed: sweeps; give those that it was made of")
    require_agreement(folder.name, manifest, force)
    return Source(
        folder, manifest, {name: {TABLES[name].key(row): row for row in rows} for name, rows in tables.items()}
    )


def _conflicts(left: Source, right: Source) -> Iterator[str]:
    """Why two runs cannot be merged, in words."""
    first, second = str(left.folder), str(right.folder)
    for name in DECIDES:
        for what, old, new in _differences(name, left.manifest.get(name), right.manifest.get(name)):
            yield f"{what}: {old} in {first!r}, {new} in {second!r}; allowed: runs of one version of this program"
    if not _same_data(left.manifest, right.manifest):
        yield f"data in {first!r} and {second!r}; allowed: runs on the same data"
    files = [
        {(entry["key"], entry["name"]): entry["sha256"] for entry in run.manifest.get("inputs", ())}
        for run in (left, right)
    ]
    for key, name in sorted(files[0].keys() & files[1].keys()):
        if files[0][key, name] != files[1][key, name]:
            yield f"files {key}={name} of {first!r} and {second!r}; allowed: runs with the same file"
    references = [run.references() for run in (left, right)]
    for cell in sorted(references[0].keys() & references[1].keys()):
        if references[0][cell] != references[1][cell]:
            yield (
                f"reference: {references[0][cell]} in {first!r}, {references[1][cell]} in {second!r}, in one cell; "
                "allowed: runs with one reference in each cell, as by reference=NAME"
            )
    if left.seed == right.seed and (shared := left.measured("statistics") & right.measured("statistics")):
        row = TABLES["statistics"].row_title(min(shared))
        yield (
            f"seeds: {first!r} and {second!r} have the same draws of seed={left.seed}, and both measured {len(shared)} "
            f"rows, as {row}; allowed: each seed once"
        )


def _differences(name: str, left: Any, right: Any) -> Iterator[tuple[str, Any, Any]]:
    """(what, of one, of the other) where two entries of manifests differ."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        for key in dict.fromkeys([*left, *right]):
            yield from _differences(f"{name} {key}", left.get(key), right.get(key))
    elif left != right:
        yield name, left, right


def _same_data(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether two runs read the same data, of which one may have read more, or none."""
    left, right = first["data"], second["data"]
    if left is None or right is None:
        return True
    if left.get("n") == right.get("n"):
        return bool(left.get("sha256") == right.get("sha256"))
    return bool(first["config"].get("data") == second["config"].get("data"))
