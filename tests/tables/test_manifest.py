"""The manifest: its types, what it says of the tables, and who wrote a run whose manifest is damaged."""

from pathlib import Path

import pytest

from bench.errors import BadInput
from bench.tables.contents import tables_in
from bench.tables.manifest import KINDS, Writer, kind_told, read, writer, written
from bench.tables.schema import SCHEMA
from tests.support.command import one_line
from tests.support.damaged import manifest, report, save


@pytest.mark.parametrize("key", KINDS)
def test_a_manifest_of_other_contents_is_refused(run: Path, key: str) -> None:
    save(run, manifest(run) | {key: ["x"]})
    with pytest.raises(BadInput, match=rf"manifest.json holds {key}=\['x'\]; allowed: "):
        read(run)
    assert f"manifest.json holds {key}=" in one_line(report(run))


def test_a_run_of_a_kind_that_there_is_not_is_refused(run: Path) -> None:
    save(run, manifest(run) | {"kind": "walk"})
    assert "manifest.json holds kind='walk'; allowed: sweep, fit; run it again" in one_line(report(run))


def test_a_manifest_that_tells_no_kind_is_of_a_sweep() -> None:
    assert (kind_told({}), kind_told({"kind": "fit"})) == ("sweep", "fit")


@pytest.mark.parametrize(
    "content",
    [None, {}, {"rows": "240", "sha256": "", "row_sums": "", "column_sums": {}}],
    ids=["null", "nothing", "text for a number"],
)
def test_digests_of_other_contents_are_refused(run: Path, content: object) -> None:
    record = manifest(run)
    record["tables"]["ratios"] = content
    save(run, record)
    assert "manifest.json holds other digests of the table ratios than a sweep writes; run" in one_line(report(run))


def test_a_sweep_records_what_its_files_hold(run: Path) -> None:
    texts = {name: (run / f"{name}.csv").read_bytes().decode() for name in tables_in(run)}
    assert written(texts) == {"tables": manifest(run)["tables"]}


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
