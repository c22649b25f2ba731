"""Files of another schema: one line that says who wrote them and how to redraw them."""

from pathlib import Path

import pytest

from bench import __version__
from bench.errors import BadInput
from bench.tables import integrity
from bench.tables.contents import tables_in
from tests.support.command import one_line
from tests.support.damaged import COMMANDS, edit, of_schema


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("schema", "age"), [("1", "older"), ("3", "newer"), ("x", "other")])
def test_another_schema_says_who_wrote_it_and_how_to_redraw_it(run: Path, name: str, schema: str, age: str) -> None:
    of_schema(run, schema, "0.0.7")
    line = one_line(COMMANDS[name](run))
    assert f"statistics.csv is of schema {schema}, {age} than the 2 of this version ({__version__}): " in line
    assert "written by mcgrad-bench 0.0.7; install mcgrad-bench 0.0.7 to redraw it, or run the sweep again: " in line
    assert "python -m bench sweep study=smoke" in line


@pytest.mark.parametrize("name", COMMANDS)
def test_a_manifest_that_does_not_say_who_wrote_it(run: Path, name: str) -> None:
    of_schema(run, "1", None)
    said = "written by a version that its manifest.json does not tell; install the version that wrote it to redraw it"
    assert said in one_line(COMMANDS[name](run))
    (run / "manifest.json").unlink()
    line = one_line(COMMANDS[name](run))
    assert said in line
    assert line.endswith("run the sweep again: python -m bench sweep name=run")


def test_an_empty_table_of_another_schema_is_told_by_the_manifest(run: Path) -> None:
    of_schema(run, "1", "0.0.7")
    for name in tables_in(run):
        edit(run, name, lambda rows: [])
    with pytest.raises(BadInput, match="is of schema 1, older than"):
        integrity.read(run)


def test_a_table_that_says_no_schema(run: Path) -> None:
    (run / "statistics.csv").write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="is of schema unknown, other than the 2 of this version"):
        integrity.check(run)
