"""A run that somebody has edited, or that another version has written: one line, exit 2, and nothing is overwritten."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import __version__
from bench.errors import BadInput
from bench.tables import integrity
from tests.support.command import Outcome, command, contents, one_line

Edit = Callable[[list[str]], list[str]]


@pytest.fixture
def run(smoke: tuple[Path, Outcome], tmp_path: Path) -> Path:
    """A copy of a finished run, to be edited."""
    return Path(shutil.copytree(smoke[0], tmp_path / "out" / "run"))


def edit(run: Path, name: str, change: Edit) -> None:
    path = run / f"{name}.csv"
    header, *rows = path.read_text().splitlines()
    path.write_text("\n".join([header, *change(rows), ""]))


def without(word: str) -> Edit:
    return lambda rows: [row for row in rows if word not in row]


def report(run: Path) -> Outcome:
    return command("report", f"output={run.parent}", "name=run", "figures=[variance_samples]", "format=[svg]")


EDITS: dict[str, tuple[str, Edit, str]] = {
    "a measured row of statistics": ("statistics", lambda rows: rows[1:], "statistics.csv lacks the row of "),
    "the last rows of statistics": ("statistics", lambda rows: rows[:-5], "statistics.csv lacks the row of "),
    "a skipped row of statistics": (
        "statistics",
        lambda rows: [row for row in rows if row != next(one for one in rows if "skipped" in one)],
        "statistics.csv lacks the row of ",
    ),
    "an estimator of statistics": ("statistics", without(",pathwise,"), "ratios.csv has a row of "),
    "a numerator of statistics": ("statistics", without(",score_function_local,"), "ratios.csv has a row of "),
    "a row of ratios": ("ratios", lambda rows: rows[:3] + rows[4:], "ratios.csv lacks the row of "),
    "all rows of ratios": ("ratios", lambda rows: [], "ratios.csv lacks the row of "),
    "a row of timings": ("timings", lambda rows: rows[:-1], "timings.csv lacks the row of "),
    "all rows of timings": ("timings", lambda rows: [], "timings.csv lacks the row of "),
    "a row of efficiency": ("efficiency", lambda rows: rows[1:], "efficiency.csv lacks the row of "),
    "a row twice": ("timings", lambda rows: [*rows, rows[0]], "repeats the row of "),
    "half a row": ("statistics", lambda rows: [*rows[:-1], rows[-1][:60]], "has not as many fields as columns"),
    "a word for a number": (
        "statistics",
        lambda rows: [row.replace(",mu,1.0,", ",mu,one,") for row in rows],
        "could not convert string to float: 'one'",
    ),
}


@pytest.mark.parametrize("case", EDITS)
def test_rows_that_are_missing_or_repeated_are_named_and_nothing_is_drawn(run: Path, case: str) -> None:
    name, change, message = EDITS[case]
    edit(run, name, change)
    before = contents(run)
    line = one_line(report(run))
    assert message in line
    assert "; run the sweep again: python -m bench sweep study=smoke" in line
    assert contents(run) == before
    if name != "efficiency":  # which no dashboard reads
        assert message in one_line(command("export", f"output={run.parent}", "name=run"))


def test_a_value_of_the_grid_that_is_gone_from_every_table_is_named(run: Path) -> None:
    sigma = json.loads((run / "manifest.json").read_text())["config"]["sigma"][-1]
    for name in ("statistics", "ratios", "efficiency"):
        place = (run / f"{name}.csv").read_text().splitlines()[0].split(",").index("sigma")
        edit(run, name, lambda rows, at=place: [row for row in rows if float(row.split(",")[at]) != sigma])
    assert f"statistics.csv lacks the rows of sigma={sigma}, which manifest.json names" in one_line(report(run))


@pytest.mark.parametrize("value", [1, [[1]], ["small"]])
def test_a_manifest_whose_grid_makes_no_sense(run: Path, value: object) -> None:
    record = json.loads((run / "manifest.json").read_text())
    record["config"]["sigma"] = value
    (run / "manifest.json").write_text(json.dumps(record))
    assert one_line(report(run)).startswith(f"cannot read the grid of {run}: ")


def test_a_whole_run_and_one_that_was_not_timed_are_drawn(run: Path) -> None:
    assert report(run).code == 0
    record = json.loads((run / "manifest.json").read_text())
    record["config"]["rounds"] = 0
    record["rows"] |= {"timings": 0, "efficiency": 0}
    (run / "manifest.json").write_text(json.dumps(record))
    for name in ("timings", "efficiency"):
        edit(run, name, lambda rows: [])
    assert report(run).code == 0


@pytest.mark.parametrize("word", [",score_function_local,", ",per_datum,", ",sigma2,", "skipped", ","])
def test_rows_that_are_gone_from_every_table_are_missed(run: Path, word: str) -> None:
    """What is left is a whole sweep, though a smaller one: the manifest counts."""
    whole = Path(shutil.copytree(run, run.parent / "whole"))
    for name in ("statistics", "ratios", "timings", "efficiency"):
        edit(run, name, without(word))
    before = contents(run)
    rows = "rows; the sweep wrote 192; run the sweep again: python -m bench sweep study=smoke"
    if word != ",":
        assert rows in one_line(report(run))
        assert rows in one_line(command("export", f"output={run.parent}", "name=run"))
    else:
        report_line = one_line(report(run))
        assert "run the sweep again" in report_line
    assert rows in one_line(command("compare", f"base={whole}", f"head={run}"))
    assert contents(run) == before


@pytest.mark.parametrize("key", integrity.MANIFEST)
def test_a_manifest_of_other_contents_is_refused(run: Path, key: str) -> None:
    record = json.loads((run / "manifest.json").read_text()) | {key: ["x"]}
    (run / "manifest.json").write_text(json.dumps(record))
    with pytest.raises(BadInput, match=rf"manifest.json holds {key}=\['x'\]; allowed: "):
        integrity.manifest(run)
    assert f"manifest.json holds {key}=" in one_line(report(run))


def of_schema(run: Path, schema: str, version: str | None) -> None:
    """The run as another version would have written it."""
    for name in ("statistics", "ratios", "timings", "efficiency"):
        edit(run, name, lambda rows: [f"{schema},{row.partition(',')[2]}" for row in rows])
    record = json.loads((run / "manifest.json").read_text()) | {"schema": schema}
    record["versions"] = {"bench": version} if version else None
    (run / "manifest.json").write_text(json.dumps(record))


COMMANDS: dict[str, Callable[[Path], tuple[str, ...]]] = {
    "report": lambda run: ("report", f"output={run.parent}", "name=run"),
    "export": lambda run: ("export", f"output={run.parent}", "name=run"),
    "compare": lambda run: ("compare", f"base={run}", f"head={run}"),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("schema", "age"), [("0", "older"), ("2", "newer"), ("x", "other")])
def test_another_schema_says_who_wrote_it_and_how_to_redraw_it(run: Path, name: str, schema: str, age: str) -> None:
    of_schema(run, schema, "0.0.7")
    line = one_line(command(*COMMANDS[name](run)))
    assert f"statistics.csv is of schema {schema}, {age} than the 1 of this version ({__version__}): " in line
    assert "written by mcgrad-bench 0.0.7; install mcgrad-bench 0.0.7 to redraw it, or run the sweep again: " in line
    assert "python -m bench sweep study=smoke" in line


@pytest.mark.parametrize("name", COMMANDS)
def test_a_manifest_that_does_not_say_who_wrote_it(run: Path, name: str) -> None:
    of_schema(run, "0", None)
    said = "written by a version that its manifest.json does not tell; install the version that wrote it to redraw it"
    assert said in one_line(command(*COMMANDS[name](run)))
    (run / "manifest.json").unlink()
    line = one_line(command(*COMMANDS[name](run)))
    assert said in line
    assert line.endswith("run the sweep again: python -m bench sweep name=run")


def test_tables_of_this_schema_without_a_manifest(run: Path) -> None:
    (run / "manifest.json").unlink()
    assert one_line(report(run)).endswith("has tables but no manifest.json; run the sweep again")


def test_an_empty_table_of_another_schema_is_told_by_the_manifest(run: Path) -> None:
    of_schema(run, "0", "0.0.7")
    for name in ("statistics", "ratios", "timings", "efficiency"):
        edit(run, name, lambda rows: [])
    with pytest.raises(BadInput, match="is of schema 0, older than"):
        integrity.read(run)


def test_a_table_that_says_no_schema(run: Path) -> None:
    (run / "statistics.csv").write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="is of schema unknown, other than the 1 of this version"):
        integrity.check(run)
