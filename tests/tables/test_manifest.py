"""The manifest: its types, what it says of the tables, and who wrote a run whose manifest is damaged."""

import itertools
from pathlib import Path

import pytest

from bench.errors import BadInput
from bench.tables import integrity
from bench.tables.contents import TABLES
from bench.tables.csv import to_csv
from bench.tables.manifest import KINDS, Writer, keys_sha256, read, writer, written
from bench.tables.schema import SCHEMA
from tests.support.command import one_line
from tests.support.damaged import manifest, report, save


@pytest.mark.parametrize("key", KINDS)
def test_a_manifest_of_other_contents_is_refused(run: Path, key: str) -> None:
    save(run, manifest(run) | {key: ["x"]})
    with pytest.raises(BadInput, match=rf"manifest.json holds {key}=\['x'\]; allowed: "):
        read(run)
    assert f"manifest.json holds {key}=" in one_line(report(run))


def test_a_sweep_records_what_its_files_hold(run: Path) -> None:
    record = manifest(run)
    assert written(integrity.read(run)) == {key: record[key] for key in ("rows", "keys_sha256")}


def test_the_digest_is_of_the_keys_alone_in_any_order(run: Path) -> None:
    rows = integrity.read(run)["ratios"]
    digest = keys_sha256("ratios", rows)
    assert keys_sha256("ratios", [row | {"variance_ratio": "0"} for row in reversed(rows)]) == digest
    assert keys_sha256("ratios", rows[1:]) != digest
    others = (keys_sha256("ratios", [rows[0] | {key: "7"}, *rows[1:]]) for key in TABLES["ratios"].keys)
    assert digest not in others


def test_the_digest_of_values_is_that_of_the_fields_of_the_file(tmp_path: Path) -> None:
    values: tuple[object, ...] = (None, "k=1,b=2", 'a "quoted"\nname', 0.1, 7)
    rows = [
        dict.fromkeys(TABLES["ratios"].columns[1:]) | {"variant": variant, "sigma": sigma}
        for variant, sigma in itertools.product(values[:3], values[3:])
    ]
    for name in TABLES:
        (tmp_path / f"{name}.csv").write_text(to_csv(name, rows if name == "ratios" else []), newline="")
    assert keys_sha256("ratios", integrity.read(tmp_path)["ratios"]) == keys_sha256("ratios", rows)


@pytest.mark.parametrize("content", [None, "", "[]", '{"versions": 1}'])
def test_a_damaged_manifest_still_says_how_to_make_the_run_again(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    again = f"run the sweep again: python -m bench sweep name={tmp_path.name}"
    assert writer(tmp_path) == Writer(again, None, SCHEMA)


@pytest.mark.parametrize("content", ["", "[]"])
def test_a_manifest_that_is_no_object_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(BadInput, match=r"manifest\.json.*; run the sweep again"):
        read(tmp_path)
