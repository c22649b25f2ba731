"""A run that somebody has edited: one line that names a row where others tell, exit 2, and nothing is overwritten."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.tables.contents import TABLES, tables_in
from bench.tables.csv import to_csv
from bench.tables.manifest import written
from tests.support.command import command, contents, one_line, rows
from tests.support.damaged import COMMANDS, Edit, edit, export, manifest, report, save, without

EDITS: dict[str, tuple[str, Edit, str]] = {
    "a measured row of statistics": ("statistics", lambda rows: rows[1:], "statistics.csv lacks the row of "),
    "the last rows of statistics": ("statistics", lambda rows: rows[:-5], "statistics.csv lacks the row of "),
    "a skipped row of statistics": (
        "statistics",
        lambda rows: [row for row in rows if row != next(row for row in rows if "skipped" in row)],
        "statistics.csv lacks the row of ",
    ),
    "an estimator of statistics": ("statistics", without(",pathwise,"), "ratios.csv has a row of "),
    "a numerator of statistics": ("statistics", without(",score_function_local,"), "ratios.csv has a row of "),
    "a row of ratios": ("ratios", lambda rows: rows[:3] + rows[4:], "ratios.csv lacks the row of "),
    "all rows of ratios": ("ratios", lambda rows: [], "ratios.csv has 0 rows; the sweep wrote "),
    "a row of timings": ("timings", lambda rows: rows[:-1], "timings.csv lacks the row of "),
    "all rows of timings": ("timings", lambda rows: [], "timings.csv lacks the row of "),
    "a row of efficiency": ("efficiency", lambda rows: rows[1:], "efficiency.csv lacks the row of "),
    "a row twice": ("timings", lambda rows: [*rows, rows[0]], "repeats the row of "),
    "half a row": ("statistics", lambda rows: [*rows[:-1], rows[-1][:60]], "has not as many fields as columns"),
    "a word for a number": (
        "statistics",
        lambda rows: [row.replace(",mu,1.0,", ",mu,one,") for row in rows],
        "holds, in mu, 'one', which is no number",
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
        assert message in one_line(export(run))


def test_a_value_of_the_grid_that_is_gone_from_every_table_is_named(run: Path) -> None:
    sigma = manifest(run)["config"]["sigma"][-1]
    for name in ("statistics", "ratios", "efficiency"):
        place = (run / f"{name}.csv").read_text().splitlines()[0].split(",").index("sigma")
        edit(run, name, lambda rows, at=place: [row for row in rows if float(row.split(",")[at]) != sigma])
    assert f"statistics.csv lacks the rows of sigma={sigma}, which manifest.json names" in one_line(report(run))


@pytest.mark.parametrize("value", [1, [{"a": 1}], ["small"]])
def test_a_manifest_whose_grid_makes_no_sense(run: Path, value: object) -> None:
    record = manifest(run)
    record["config"]["sigma"] = value
    save(run, record)
    assert one_line(report(run)).startswith(f"cannot read the grid of {run}: ")


def test_a_whole_run_and_one_that_was_not_timed_are_drawn(run: Path) -> None:
    assert report(run).code == 0
    record = manifest(run)
    record["config"]["rounds"] = 0
    for name in ("timings", "efficiency"):
        edit(run, name, lambda rows: [])
        record["tables"] |= written({name: (run / f"{name}.csv").read_text()})["tables"]
    save(run, record)
    assert report(run).code == 0


@pytest.mark.parametrize("word", [",score_function_local,", ",per_datum,", ",sigma2,", "skipped", ","])
def test_rows_that_are_gone_from_every_table_are_missed(run: Path, word: str) -> None:
    """What is left looks like a smaller sweep; only the manifest shows that it is not."""
    uncut = Path(shutil.copytree(run, run.parent / "uncut"))
    for name in tables_in(run):
        edit(run, name, without(word))
    before = contents(run)
    rows = "rows; the sweep wrote 240; run the sweep again: python -m bench sweep study=smoke"
    if word != ",":
        assert rows in one_line(report(run))
        assert rows in one_line(export(run))
    else:
        report_line = one_line(report(run))
        assert "run the sweep again" in report_line
    assert rows in one_line(command("compare", f"base={uncut}", f"head={run}"))
    assert contents(run) == before


def component(run: Path) -> None:
    """One row of the table of components, and the manifest that counts it."""
    rows = [dict.fromkeys(TABLES["components"].columns[1:]) | {"objective": "squared_error", "component": 0}]
    text = to_csv("components", rows)
    (run / "components.csv").write_text(text)
    record = manifest(run)
    record["tables"] |= written({"components": text})["tables"]
    save(run, record)


def test_a_table_of_components_is_listed(run: Path) -> None:
    component(run)
    assert report(run).code == 0
    assert (
        "[components.csv](components.csv): gradients and variances of each component" in (run / "report.md").read_text()
    )


@pytest.mark.parametrize("name", ["report", "compare"])
def test_a_table_of_components_is_checked(run: Path, name: str) -> None:
    component(run)
    edit(run, "components", lambda rows: [])
    assert "components.csv has 0 rows; the sweep wrote 1" in one_line(COMMANDS[name](run))
    (run / "components.csv").unlink()
    assert "components.csv is missing, which manifest.json names; " in one_line(COMMANDS[name](run))


def test_values_in_lists_are_no_axis_of_numbers(run: Path) -> None:
    record = manifest(run)
    record["config"]["mu"].append([0.5, -1.0])
    save(run, record)
    assert report(run).code == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_a_row_of_another_key_in_the_place_of_one_that_was_written(run: Path, name: str) -> None:
    """As many rows, and every row that the others imply: the digests alone tell."""
    rows = (run / "timings.csv").read_text().splitlines()
    for table in ("timings", "efficiency"):
        edit(run, table, lambda rows: [row.replace(",collapsed,", ",direct_,") for row in rows])
    line = one_line(COMMANDS[name](run))
    count = sum("collapsed" in row for row in rows)
    assert "timings.csv was changed after the run: line " in line
    assert f", and {count - 1} more, in evaluation; run the sweep again: python -m bench sweep study=smoke" in line


def changed(table: str, column: str, line: int) -> Edit:
    """Another last digit in one field."""
    place = TABLES[table].columns.index(column)

    def change(rows: list[str]) -> list[str]:
        fields = rows[line - 2].split(",")
        fields[place] = fields[place][:-1] + ("1" if fields[place][-1] != "1" else "2")
        return [*rows[: line - 2], ",".join(fields), *rows[line - 1 :]]

    return change


NUMBERS = {
    "a variance": ("statistics", "variance", 4),
    "an end of an interval": ("ratios", "variance_ratio_low", 2),
    "a time": ("timings", "estimate_ns", 3),
}


@pytest.mark.parametrize("command_name", COMMANDS)
@pytest.mark.parametrize("case", NUMBERS)
def test_a_number_that_was_changed_is_named_by_row_and_column(run: Path, case: str, command_name: str) -> None:
    table, column, line = NUMBERS[case]
    edit(run, table, changed(table, column, line))
    before = contents(run)
    said = one_line(COMMANDS[command_name](run))
    keys = TABLES[table].key(rows(run, table)[line - 2])
    change = f"line {line}, the row of {TABLES[table].row_title(keys)}, in {column}"
    assert f"{table}.csv was changed after the run: {change}; run the sweep again: " in said
    assert contents(run) == before


BYTES: dict[str, tuple[Callable[[str], str], str]] = {
    "another order": (lambda text: "\n".join([*text.splitlines()[:1], *text.splitlines()[:0:-1], ""]), "another order"),
    "other ends of lines": (lambda text: text.replace("\n", "\r\n"), "its fields are the same, its bytes are not"),
    "quotes": (lambda text: text.replace(",iid,", ',"iid",', 1), "its fields are the same, its bytes are not"),
    "another column": (lambda text: text.replace("\n", ",x\n"), "line 2, the row of squared_error"),
}


@pytest.mark.parametrize("case", BYTES)
def test_other_bytes_are_told_from_other_numbers(run: Path, case: str) -> None:
    change, message = BYTES[case]
    path = run / "ratios.csv"
    path.write_bytes(change(path.read_text()).encode())
    line = one_line(report(run))
    assert "ratios.csv was changed after the run: " in line
    assert message in line


def test_a_table_that_is_none_of_the_run(run: Path) -> None:
    (run / "components.csv").write_text(to_csv("components", []))
    assert "components.csv is no table of this run: manifest.json does not name it" in one_line(report(run))
