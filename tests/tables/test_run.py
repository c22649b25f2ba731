"""The folder of a run that was not finished."""

from pathlib import Path

from tests.support.command import one_line
from tests.support.damaged import report


def test_tables_of_this_schema_without_a_manifest(run: Path) -> None:
    (run / "manifest.json").unlink()
    assert one_line(report(run)).endswith("has tables but no manifest.json; run the sweep again")
